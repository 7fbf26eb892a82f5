package com.visitorcount.counter;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a counter stands at, and since when it counts.
 *
 * @param count all views, 0 for a page that was never viewed
 * @param bornMillis when the page's item was made, in milliseconds since the epoch; 0 if there is
 *     none, or only an older counter has written to it
 * @param base what the counter stood at before this code first wrote to it; null if nobody knows,
 *     because an older version or another counter made the item
 * @param latestMillis when the latest view was counted, or told of again by a message about
 *     engagement, in milliseconds since the epoch; 0 if not known
 */
public record CounterState(
    BigInteger count, long bornMillis, @Nullable BigInteger base, long latestMillis) {
  /** Of a page that was never viewed. */
  public static final CounterState NONE = new CounterState(BigInteger.ZERO, 0, BigInteger.ZERO, 0);

  /**
   * @throws IllegalArgumentException if the count or the base is negative
   */
  public CounterState {
    if (count.signum() < 0 || (base != null && base.signum() < 0)) {
      throw new IllegalArgumentException("a count is not negative");
    }
  }
}
