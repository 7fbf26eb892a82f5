package com.visitorcount.counter;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The state of a counter.
 *
 * @param count all views, 0 for a page that was never viewed
 * @param bornMillis when the page's item was created, in milliseconds since the epoch; 0 if there
 *     is no item, or only an older version has written to it
 * @param base the count before this code first wrote to the item; null if unknown, because an older
 *     version or another product created the item
 * @param latestMillis when the latest view was counted or the latest message about engagement was
 *     stored, in milliseconds since the epoch; 0 if unknown
 */
public record CounterState(
    BigInteger count, long bornMillis, @Nullable BigInteger base, long latestMillis) {
  /** The state of a page that was never viewed. */
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
