package com.visitorcount.rollup;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How often a report is sent, and the UTC days that it covers. */
enum ReportInterval {
  /** Monday to Sunday. */
  WEEKLY("weekly") {
    @Override
    LocalDate current(LocalDate day) {
      return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    @Override
    LocalDate before(LocalDate first) {
      return first.minusWeeks(1);
    }

    @Override
    LocalDate after(LocalDate first) {
      return first.plusWeeks(1);
    }

    @Override
    String title(LocalDate first) {
      LocalDate last = last(first);
      boolean oneYear = first.getYear() == last.getYear();
      boolean oneMonth = oneYear && first.getMonth() == last.getMonth();
      return (oneMonth ? DAY : oneYear ? DAY_AND_MONTH : DATE).format(first)
          + " to "
          + DATE.format(last);
    }
  },

  /** A calendar month. */
  MONTHLY("monthly") {
    @Override
    LocalDate current(LocalDate day) {
      return day.withDayOfMonth(1);
    }

    @Override
    LocalDate before(LocalDate first) {
      return first.minusMonths(1);
    }

    @Override
    LocalDate after(LocalDate first) {
      return first.plusMonths(1);
    }

    @Override
    String title(LocalDate first) {
      return MONTH.format(first);
    }
  };

  private static final DateTimeFormatter DATE = format("d MMMM uuuu");
  private static final DateTimeFormatter DAY_AND_MONTH = format("d MMMM");
  private static final DateTimeFormatter DAY = format("d");
  private static final DateTimeFormatter MONTH = format("MMMM uuuu");

  /** By then, the last views have arrived, and it is morning in Europe and night in America. */
  private static final LocalTime DUE = LocalTime.of(6, 0);

  /** A report that could not be sent by then is outdated. */
  private static final Duration TRIED = Duration.ofDays(2);

  private final String label;

  ReportInterval(String label) {
    this.label = label;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
  }

  /** Its name in the parameter and in keys. */
  String label() {
    return label;
  }

  /** The first day of the week or month that a day belongs to. */
  abstract LocalDate current(LocalDate day);

  /** The first day of the week or month before the one that begins on this day. */
  abstract LocalDate before(LocalDate first);

  /** The first day of the week or month after it. */
  abstract LocalDate after(LocalDate first);

  /** The last day of the week or month that begins on this day. */
  final LocalDate last(LocalDate first) {
    return after(first).minusDays(1);
  }

  /** The name for people of the week or month that begins on this day. */
  abstract String title(LocalDate first);

  /** Whether it is time to send a report, rather than too early or too late. */
  boolean isDue(Instant now) {
    Instant due =
        current(LocalDate.ofInstant(now, ZoneOffset.UTC)).atTime(DUE).toInstant(ZoneOffset.UTC);
    return !now.isBefore(due) && now.isBefore(due.plus(TRIED));
  }
}
