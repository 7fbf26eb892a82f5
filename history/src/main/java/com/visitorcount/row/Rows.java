package com.visitorcount.row;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets of rows. Each is a list in one order, so that equal sets are equal lists. */
public final class Rows {
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::second)
          .thenComparing(row -> row.page().toString())
          .thenComparingLong(Row::bornMillis)
          .thenComparingLong(Row::sequence);

  private Rows() {}

  /**
   * All rows of all sets, each once, in order. Of rows with the same name, that of the earliest set
   * stays.
   */
  public static List<Row> union(Collection<? extends Collection<Row>> sets) {
    Map<Row.Name, Row> rows = new HashMap<>();
    for (Collection<Row> set : sets) {
      for (Row row : set) {
        rows.putIfAbsent(row.name(), row);
      }
    }
    return rows.values().stream().sorted(ORDER).toList();
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
                  row.page(), row.bornMillis(), row.sequence(), row.second(), row.facts(), number);
            })
        .toList();
  }
}
