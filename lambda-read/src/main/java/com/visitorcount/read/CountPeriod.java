package com.visitorcount.read;

import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Periods for counts, in UTC days, up to today. */
enum CountPeriod {
  TODAY("today"),
  LAST_7_DAYS("7d"),
  LAST_30_DAYS("30d"),
  /** The calendar month. */
  MONTH("month"),
  /** Since history began. */
  ALL("all");

  private final String text;

  CountPeriod(String text) {
    this.text = text;
  }

  /**
   * Reads its name.
   *
   * @throws ProblemException 400 for another name
   */
  static CountPeriod of(String text) {
    return Arrays.stream(values())
        .filter(period -> period.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.INVALID_QUERY,
                    "The parameter period is one of "
                        + Arrays.stream(values())
                            .map(CountPeriod::text)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  /** Its name. */
  String text() {
    return text;
  }

  /**
   * The first day of the period.
   *
   * @param since first day with history
   */
  LocalDate first(LocalDate today, LocalDate since) {
    return switch (this) {
      case TODAY -> today;
      case LAST_7_DAYS -> today.minusDays(6);
      case LAST_30_DAYS -> today.minusDays(29);
      case MONTH -> today.withDayOfMonth(1);
      case ALL -> since.isBefore(today) ? since : today;
    };
  }
}
