package com.visitorcount.view;

/**
 * How a visitor engaged with a page during one view. Several messages may be about the same view:
 * the largest value of each number counts.
 *
 * @param seconds how long the page was visible, 0 to {@value #MAX_SECONDS}
 * @param scrollPercent how far down it was scrolled at most: the share of its height above the
 *     lower edge of the window, 0 to 100; 0 if unknown
 */
public record Engagement(int seconds, int scrollPercent) {
  /** A day. */
  public static final int MAX_SECONDS = 86_400;

  /** The whole page. */
  public static final int MAX_PERCENT = 100;

  private static final int MILLIS_OF_A_SECOND = 1_000;

  /**
   * @throws IllegalArgumentException for numbers out of range
   */
  public Engagement {
    if (seconds < 0 || seconds > MAX_SECONDS || scrollPercent < 0 || scrollPercent > MAX_PERCENT) {
      throw new IllegalArgumentException("no view has this engagement");
    }
  }

  /**
   * Engagement as a browser reports it, rounded to seconds.
   *
   * @param millis more than a day counts as a day
   * @param scrollPercent above 100 means unknown
   * @throws IllegalArgumentException for negative numbers
   */
  public static Engagement ofMillis(long millis, long scrollPercent) {
    long seconds = (millis + MILLIS_OF_A_SECOND / 2) / MILLIS_OF_A_SECOND;
    return new Engagement(
        millis < 0 ? -1 : (int) Math.min(seconds, MAX_SECONDS),
        scrollPercent > MAX_PERCENT ? 0 : (int) scrollPercent);
  }

  /** Both messages combined: the larger of each number. */
  public Engagement max(Engagement other) {
    return new Engagement(
        Math.max(seconds, other.seconds), Math.max(scrollPercent, other.scrollPercent));
  }
}
