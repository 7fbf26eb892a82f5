package com.visitorcount.statistics;

import com.visitorcount.row.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** What statistics are made of: the rows of a site by UTC day, and sums of days that are closed. */
public interface History {
  /**
   * The summaries of closed days. A day that is missing is not closed yet, or had no view.
   *
   * @param from first UTC day
   * @param to last UTC day, inclusive
   */
  SortedMap<LocalDate, Summary> days(String site, LocalDate from, LocalDate to);

  /** The summaries of months of which every day is closed. */
  SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to);

  /** All rows of a UTC day, closed or open, each once; empty where there was no view. */
  List<Row> rows(String site, LocalDate utcDay);

  /** The earliest UTC day that may have rows although it has no summary. */
  LocalDate firstOpen();

  /** The first UTC day that has rows; empty if none has. */
  Optional<LocalDate> firstDay(String site);

  /** The sites that have rows, in their order. */
  List<String> sites();
}
