package com.visitorcount.history.row;

import com.visitorcount.view.Engagement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sets of rows. Each is a list in a defined order, so that equal sets are equal lists. */
public final class Rows {
  /** By time, then by the rest of the name. */
  private static final Comparator<Row> ORDER =
      Row.bySecondAnd(
          Comparator.comparing((Row row) -> row.page().toString())
              .thenComparingLong(Row::bornMillis)
              .thenComparingLong(Row::sequence)
              .thenComparing(
                  Row::engagement,
                  Comparator.nullsFirst(
                      Comparator.comparingInt(Engagement::seconds)
                          .thenComparingInt(Engagement::scrollPercent)))
              .thenComparing(row -> row.isMessage() ? row.visitor() : ""));

  private static final int MAX_UNSETTLED = 20_000;

  private Rows() {}

  /**
   * The union of sets, in order. Of rows with the same name, the one in the earliest set is kept.
   *
   * @param sets read one after the other, so that they need not all be in memory
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

  /**
   * The rows of a closed day together with those that came later. Later messages are left out,
   * since nothing is left to recognise their visitors by; so are all messages if there is no view
   * or event.
   *
   * @param closed the stored rows, empty if the day is not closed
   */
  public static List<Row> withLate(List<Row> closed, List<Row> later) {
    if (closed.isEmpty()) {
      return later.stream().allMatch(Row::isMessage) ? List.of() : union(List.of(later));
    }
    return union(List.of(closed, later.stream().filter(row -> !row.isMessage()).toList()));
  }

  private static void settle(List<Row> rows) {
    // a stable sort: rows with the same name become neighbours and keep their order
    rows.sort(ORDER);
    int kept = 0;
    for (Row row : rows) {
      if (kept == 0 || !rows.get(kept - 1).isSameAs(row)) {
        rows.set(kept++, row);
      }
    }
    rows.subList(kept, rows.size()).clear();
  }

  /**
   * The same rows with visitors replaced by numbers: 0, 1, 2 and so on in order of first
   * appearance.
   *
   * @param rows a set in order
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
              return row.withVisitor(number);
            })
        .toList();
  }
}
