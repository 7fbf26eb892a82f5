package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.InvalidQuestionException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The requested days.
 *
 * @param from first day
 * @param to last day, inclusive
 * @param months how many calendar months these are; 0: days, not months
 */
record DayRange(LocalDate from, LocalDate to, int months) {
  private static final int DAY_CHARS = 10;

  private enum Kind {
    DAY("day"),
    LAST_7_DAYS("7d"),
    LAST_28_DAYS("28d"),
    LAST_30_DAYS("30d"),
    LAST_90_DAYS("90d"),
    LAST_91_DAYS("91d"),
    MONTH("month"),
    LAST_6_MONTHS("6mo"),
    LAST_12_MONTHS("12mo"),
    YEAR("year"),
    ALL("all"),
    CUSTOM("custom");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * Reads a period by its name in Plausible's API.
   *
   * @param name null: the last 30 days
   * @param date a day such as {@code 2026-11-24}; for {@code custom} two, such as {@code
   *     2026-11-01,2026-11-24}; null: today
   * @param firstDay the first day of {@code all}
   * @throws InvalidQuestionException for an unknown name or an invalid day
   */
  static DayRange of(
      @Nullable String name, @Nullable String date, LocalDate today, Supplier<LocalDate> firstDay) {
    Kind kind =
        name == null
            ? Kind.LAST_30_DAYS
            : Choice.of(name.toLowerCase(Locale.ROOT), "period", Kind.values(), k -> k.text);
    if (kind == Kind.CUSTOM) {
      return custom(date, "period", "date");
    }
    LocalDate day = date == null ? today : day(date);
    return switch (kind) {
      case DAY -> days(day, 1);
      case LAST_7_DAYS -> days(day, 7);
      case LAST_28_DAYS -> days(day, 28);
      case LAST_30_DAYS -> days(day, 30);
      case LAST_90_DAYS -> days(day, 90);
      case LAST_91_DAYS -> days(day, 91);
      case MONTH -> months(day, 1);
      case LAST_6_MONTHS -> months(day, 6);
      case LAST_12_MONTHS -> months(day, 12);
      case YEAR -> months(day.withMonth(12), 12);
      default -> all(firstDay.get(), day);
    };
  }

  /**
   * The days from one to another.
   *
   * @param days two days such as {@code 2026-11-01,2026-11-24}
   * @param what what this is, in messages to the client
   * @param parameter the client's parameter
   * @throws InvalidQuestionException for anything else
   */
  static DayRange custom(@Nullable String days, String what, String parameter) {
    String[] ends = days == null ? new String[0] : days.split(",", -1);
    if (ends.length != 2) {
      throw new InvalidQuestionException(
          "A custom " + what + " takes two days, as in " + parameter + "=2026-11-01,2026-11-24.");
    }
    return new DayRange(day(ends[0]), day(ends[1]), 0);
  }

  private static DayRange days(LocalDate last, int count) {
    return new DayRange(last.minusDays(count - 1L), last, 0);
  }

  private static DayRange months(LocalDate day, int count) {
    return new DayRange(
        day.withDayOfMonth(1).minusMonths(count - 1L),
        day.with(TemporalAdjusters.lastDayOfMonth()),
        count);
  }

  private static DayRange all(LocalDate first, LocalDate last) {
    return new DayRange(first.isBefore(last) ? first : last, last, 0);
  }

  int days() {
    return (int) ChronoUnit.DAYS.between(from, to) + 1;
  }

  private static LocalDate day(String text) {
    try {
      // years with more digits could overflow in calculations
      if (text.length() == DAY_CHARS) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeException e) {
      // reported below
    }
    throw new InvalidQuestionException("A day is written as in 2026-11-24.");
  }
}
