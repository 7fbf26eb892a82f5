package com.visitorcount.counter;

import java.math.BigInteger;

/**
 * What a counter stands at, and since when it counts.
 *
 * @param count all views, 0 for a page that was never viewed
 * @param bornMillis when the page's item was made, in milliseconds since the epoch; 0 if there is
 *     none, or only an older counter has written to it
 */
public record CounterState(BigInteger count, long bornMillis) {
  /**
   * @throws IllegalArgumentException if the count is negative
   */
  public CounterState {
    if (count.signum() < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
  }
}
