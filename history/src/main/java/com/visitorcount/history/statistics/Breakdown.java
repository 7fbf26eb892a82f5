package com.visitorcount.history.statistics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A page of the values of a dimension.
 *
 * @param total number of values on all pages
 * @param isLast whether this is the last page
 */
public record Breakdown(List<Entry> entries, int total, boolean isLast) {
  /** Most values on a page. */
  public static final int MAX_PAGE_SIZE = 1_000;

  /** The default order. */
  public static final Comparator<Entry> MOST_VISITORS_FIRST =
      Comparator.comparingLong((Entry entry) -> entry.totals().visitors())
          .thenComparingLong(entry -> entry.totals().rows())
          .reversed()
          .thenComparing(Entry::value);

  public Breakdown {
    entries = List.copyOf(entries);
  }

  /** A value and the totals of its views. One visitor or visit may count for several values. */
  public record Entry(String value, Totals totals) {}

  /**
   * A page of the values.
   *
   * @param split the totals of each value
   * @param named the values to name
   * @param order of the values; ties are in the default order
   * @param limit values on a page, 1 to {@value #MAX_PAGE_SIZE}
   * @param page number of the page, from 1
   * @throws InvalidQuestionException for a page beyond these limits
   */
  public static Breakdown of(
      Map<String, Totals> split,
      Predicate<String> named,
      Comparator<Entry> order,
      int limit,
      int page) {
    if (limit < 1 || limit > MAX_PAGE_SIZE) {
      throw new InvalidQuestionException("The limit must be from 1 to " + MAX_PAGE_SIZE + ".");
    }
    if (page < 1) {
      throw new InvalidQuestionException("The first page is 1.");
    }
    List<Entry> entries = new ArrayList<>();
    split.forEach(
        (value, totals) -> {
          if (named.test(value)) {
            entries.add(new Entry(value, totals));
          }
        });
    entries.sort(order.thenComparing(MOST_VISITORS_FIRST));
    int from = (int) Math.min(entries.size(), (page - 1L) * limit);
    int to = Math.min(entries.size(), from + limit);
    return new Breakdown(entries.subList(from, to), entries.size(), to == entries.size());
  }
}
