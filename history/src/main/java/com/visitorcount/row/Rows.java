package com.visitorcount.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets of rows. Each is a list in one order, so that equal sets are equal lists. */
public final class Rows {
  /** By name, with time first. */
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::second)
          .thenComparing(row -> row.page().toString())
          .thenComparingLong(Row::bornMillis)
          .thenComparingLong(Row::sequence);

  private static final int MAX_UNSETTLED = 20_000;

  private Rows() {}

  /**
   * All rows of all sets, each once, in order. Of rows with the same name, that of the earliest set
   * stays.
   *
   * @param sets asked for one after the other, so that they need not all be in memory
   */
  public static List<Row> union(Iterable<? extends Collection<Row>> sets) {
    List<Row> rows = new ArrayList<>();
    int settled = 0;
    for (Collection<Row> set : sets) {
      rows.addAll(set);
      if (rows.size() - settled > MAX_UNSETTLED + settled / 4) {
        settle(rows);
        settled = rows.size();
      }
    }
    settle(rows);
    return Collections.unmodifiableList(rows);
  }

  private static void settle(List<Row> rows) {
    // rows with the same name keep their order, and then lie beside each other
    rows.sort(ORDER);
    int kept = 0;
    for (Row row : rows) {
      if (kept == 0 || !rows.get(kept - 1).name().equals(row.name())) {
        rows.set(kept++, row);
      }
    }
    rows.subList(kept, rows.size()).clear();
  }

  /**
   * The same rows, whose visitors are told apart by numbers and by nothing else: 0, 1, 2 and so on
   * in the order in which they first appear.
   *
   * @param rows a set in its order
   */
  public static List<Row> withNumberedVisitors(List<Row> rows) {
    Map<String, String> numbers = new LinkedHashMap<>();
    return rows.stream()
        .map(
            row -> {
              String visitor = row.visitor();
              String number =
                  visitor.isEmpty()
                      ? ""
                      : numbers.computeIfAbsent(visitor, v -> Integer.toString(numbers.size()));
              return new Row(
                  row.page(),
                  row.bornMillis(),
                  row.sequence(),
                  row.second(),
                  row.facts(),
                  number,
                  row.event());
            })
        .toList();
  }
}
