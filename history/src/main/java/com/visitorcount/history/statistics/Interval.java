package com.visitorcount.history.statistics;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** The distance between points of a series, by the clock and calendar of its time zone. */
public enum Interval {
  MINUTE,
  /** An hour of the clock: when clocks go back, the same hour comes twice. */
  HOUR,
  /** A day, which may have 23 or 25 hours. */
  DAY,
  /** From Monday to Sunday. */
  WEEK,
  MONTH;

  /**
   * Start of the interval that contains a point's start; the first week or month may be incomplete.
   */
  public ZonedDateTime startOf(ZonedDateTime point) {
    return switch (this) {
      case MINUTE, HOUR, DAY -> point;
      case WEEK ->
          point
              .toLocalDate()
              .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
              .atStartOfDay(point.getZone());
      case MONTH -> point.toLocalDate().withDayOfMonth(1).atStartOfDay(point.getZone());
    };
  }

  /** Start of the next interval. */
  public ZonedDateTime after(ZonedDateTime start) {
    return switch (this) {
      case MINUTE -> start.plusMinutes(1);
      case HOUR -> nextHour(start);
      case DAY -> start.toLocalDate().plusDays(1).atStartOfDay(start.getZone());
      case WEEK ->
          start
              .toLocalDate()
              .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
              .atStartOfDay(start.getZone());
      case MONTH ->
          start
              .toLocalDate()
              .with(TemporalAdjusters.firstDayOfNextMonth())
              .atStartOfDay(start.getZone());
    };
  }

  /** Where clocks change by half an hour, an hour may be 30 or 90 minutes long. */
  private static ZonedDateTime nextHour(ZonedDateTime start) {
    ZonedDateTime later = start.plusHours(1);
    ZonedDateTime full = later.truncatedTo(ChronoUnit.HOURS);
    return full.isAfter(start) ? full : later;
  }
}
