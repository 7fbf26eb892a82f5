package com.visitorcount.read.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;

/**
 * The days that a period is compared with.
 *
 * @param from first day
 * @param to last day, inclusive
 * @param distance how far these days are before the period
 * @param byMonths whether the period consists of calendar months
 */
record Baseline(LocalDate from, LocalDate to, TemporalAmount distance, boolean byMonths) {
  private static final int WEEK_DAYS = 7;

  enum Comparison {
    PREVIOUS_PERIOD("previous_period"),
    YEAR_OVER_YEAR("year_over_year"),
    /** Days that the client gives. */
    CUSTOM("custom");

    private final String text;

    Comparison(String text) {
      this.text = text;
    }

    /**
     * @throws com.visitorcount.history.statistics.InvalidQuestionException for an unknown name
     */
    static Comparison of(String text) {
      return Choice.of(text, "comparison", values(), comparison -> comparison.text);
    }
  }

  /**
   * The baseline of a period: as many months before for months, as many days before for days, or
   * the same dates a year before.
   *
   * @param comparison any but {@code CUSTOM}
   * @param matchDayOfWeek whether the baseline begins on the same day of the week as the period: it
   *     is then moved to the nearest whole number of weeks back that does not overlap with the
   *     period
   */
  static Baseline of(DayRange period, Comparison comparison, boolean matchDayOfWeek) {
    boolean byMonths = period.months() > 0;
    TemporalAmount distance =
        switch (comparison) {
          case YEAR_OVER_YEAR -> java.time.Period.ofYears(1);
          case PREVIOUS_PERIOD ->
              byMonths
                  ? java.time.Period.ofMonths(period.months())
                  : java.time.Period.ofDays(period.days());
          case CUSTOM -> throw new IllegalArgumentException("its days are named");
        };
    LocalDate from = period.from().minus(distance);
    if (matchDayOfWeek) {
      long days = ChronoUnit.DAYS.between(from, period.from());
      long weeks = Math.max(Math.round(days / (double) WEEK_DAYS), weeksOf(period.days()));
      java.time.Period moved = java.time.Period.ofDays((int) weeks * WEEK_DAYS);
      return new Baseline(period.from().minus(moved), period.to().minus(moved), moved, false);
    }
    // from the day after, so that a month ends on its own last day
    LocalDate to =
        byMonths
            ? period.to().plusDays(1).minus(distance).minusDays(1)
            : period.to().minus(distance);
    return new Baseline(from, to, distance, byMonths);
  }

  private static long weeksOf(int days) {
    return (days + WEEK_DAYS - 1L) / WEEK_DAYS;
  }

  /**
   * The time in the baseline that corresponds to now: the same day and time of day. A month without
   * such a day counts as over.
   */
  Instant momentOf(ZonedDateTime now) {
    ZonedDateTime then = now.minus(distance);
    return byMonths && then.getDayOfMonth() != now.getDayOfMonth()
        ? then.toLocalDate().plusDays(1).atStartOfDay(now.getZone()).toInstant()
        : then.toInstant();
  }
}
