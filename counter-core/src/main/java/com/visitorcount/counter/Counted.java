package com.visitorcount.counter;

import java.math.BigInteger;

/**
 * The answer to a view.
 *
 * @param count the page's count including this view
 * @param duplicate whether the view had been counted before, so that nothing was added
 */
public record Counted(BigInteger count, boolean duplicate) {
  /**
   * @throws IllegalArgumentException if the count is negative
   */
  public Counted {
    if (count.signum() < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
  }
}
