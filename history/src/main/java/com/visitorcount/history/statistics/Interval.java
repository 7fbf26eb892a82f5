package com.visitorcount.history.statistics;

import java.time.DayOfWeek;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;

/** How far the points of a series are apart, by the clocks and calendars of its zone. */
public enum Interval {
  MINUTE,
  /** An hour of the clock: when it is put back, the same hour comes twice. */
  HOUR,
  /** A day, which may have 23 or 25 hours. */
  DAY,
  /** From Monday to Sunday. */
  WEEK,
  MONTH;

  /** When the one began in which a point of a series starts: a first week or month may be cut. */
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

  /** When the next one begins. */
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

  /** Where clocks are put forward or back by half an hour, an hour is half or one and a half. */
  private static ZonedDateTime nextHour(ZonedDateTime start) {
    ZonedDateTime later = start.plusHours(1);
    ZonedDateTime full = later.truncatedTo(ChronoUnit.HOURS);
    return full.isAfter(start) ? full : later;
  }
}
