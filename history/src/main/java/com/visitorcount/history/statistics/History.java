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
 * What statistics are made of: the views of a site by UTC day, and sums of days that are closed.
 */
public interface History {
  /**
   * The closed days. A day that is missing is not closed yet, or had no view.
   *
   * @param from first UTC day
   * @param to last UTC day, inclusive
   */
  SortedMap<LocalDate, ClosedDay> days(String site, LocalDate from, LocalDate to);

  /** The summaries of months of which every day is closed. */
  SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to);

  /**
   * Hands over all parts of closed days, day after day, one after the other.
   *
   * @param days some of those of {@link #days}; days between the first and the last that are not
   *     among them should have no views, since they may be read in vain
   * @param groups which columns will be asked for
   */
  void parts(
      String site,
      SortedMap<LocalDate, ClosedDay> days,
      Set<Group> groups,
      Consumer<Part> receiver);

  /**
   * Where is noted what cannot be read. No method throws for it: what it returns or hands over
   * lacks what cannot be read.
   */
  UnreadableItems unreadable();

  /**
   * Hands over the rows so far of a UTC day that is not closed, each once, in sets of which each
   * has all rows of its visitors.
   */
  void openRows(String site, LocalDate utcDay, Consumer<List<Row>> receiver);

  /** All of these rows. */
  default List<Row> openRows(String site, LocalDate utcDay) {
    List<Row> rows = new ArrayList<>();
    openRows(site, utcDay, rows::addAll);
    return rows;
  }

  /**
   * Of these rows at least those that arrived since a moment.
   *
   * @param since when the first of the rows arrived that are needed
   */
  default List<Row> openRows(String site, LocalDate utcDay, Instant since) {
    return openRows(site, utcDay);
  }

  /** The earliest UTC day that may have rows although it is not closed. */
  LocalDate firstOpen();

  /** The first UTC day that has rows; empty if none has. */
  Optional<LocalDate> firstDay(String site);

  /** The sites that have rows, in their order. */
  default List<String> sites() {
    return List.copyOf(lastArrivals().keySet());
  }

  /** The same, with the UTC day on which the latest row of each arrived. */
  SortedMap<String, LocalDate> lastArrivals();
}
