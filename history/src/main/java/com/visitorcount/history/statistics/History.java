package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * The data that statistics are computed from: the views of a site by UTC day, and sums of closed
 * days.
 */
public interface History {
  /**
   * The closed days. A missing day is not closed yet, or had no views.
   *
   * @param from first UTC day
   * @param to last UTC day, inclusive
   */
  SortedMap<LocalDate, ClosedDay> days(String site, LocalDate from, LocalDate to);

  /** The summaries of months whose days are all closed. */
  SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to);

  /**
   * Hands over all parts of closed days, day by day.
   *
   * @param days some of {@link #days}; days between the first and the last that are not included
   *     should have no views, since they may be read for nothing
   * @param groups columns that will be used
   */
  void parts(
      String site,
      SortedMap<LocalDate, ClosedDay> days,
      Set<Group> groups,
      Consumer<Part> receiver);

  /** Where unreadable data is noted. Methods do not throw because of it; they leave it out. */
  UnreadableItems unreadable();

  /**
   * Hands over the rows so far of a UTC day that is not closed, each once, in sets that each have
   * all rows of their visitors.
   */
  void openRows(String site, LocalDate utcDay, Consumer<List<Row>> receiver);

  /** All rows so far of a UTC day that is not closed. */
  default List<Row> openRows(String site, LocalDate utcDay) {
    List<Row> rows = new ArrayList<>();
    openRows(site, utcDay, rows::addAll);
    return rows;
  }

  /**
   * Rows of a UTC day that is not closed: at least those that arrived since a given time.
   *
   * @param since time from which on rows are needed
   */
  default List<Row> openRows(String site, LocalDate utcDay, Instant since) {
    return openRows(site, utcDay);
  }

  /** The earliest UTC day that may have rows without being closed. */
  LocalDate firstOpen();

  /** The first UTC day that has rows; empty if none has. */
  Optional<LocalDate> firstDay(String site);

  /** The sites that have rows, sorted. */
  default List<String> sites() {
    return List.copyOf(lastArrivals().keySet());
  }

  /** The sites that have rows, each with the UTC day on which its latest row arrived. */
  SortedMap<String, LocalDate> lastArrivals();
}
