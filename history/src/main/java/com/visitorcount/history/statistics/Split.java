package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Some views by their values in one dimension.
 *
 * @param values the totals of each named value
 * @param other the sum over the values that are not named: each view once, but a visitor or visit
 *     that had several of them once for each
 */
public record Split(SortedMap<String, Totals> values, Totals other) {
  /** No view. */
  public static final Split NOTHING = new Split(new TreeMap<>(), Totals.NONE);

  /** Fewest views first. */
  private static final Comparator<Map.Entry<String, Totals>> SMALLEST_FIRST =
      Map.Entry.<String, Totals>comparingByValue(Comparator.comparingLong(Totals::rows))
          .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

  public Split {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    requireNonNull(other, "other");
  }

  /** Whether any values are not named. */
  public boolean isCut() {
    return other.rows() > 0;
  }

  static Split sum(Collection<Split> splits) {
    SortedMap<String, Totals> values = new TreeMap<>();
    Totals other = Totals.NONE;
    for (Split split : splits) {
      split.values.forEach((value, totals) -> values.merge(value, totals, Totals::plus));
      other = other.plus(split.other);
    }
    return new Split(values, other);
  }

  /** The same views, with one value replaced by the empty one. */
  Split without(String value) {
    Totals totals = values.get(value);
    if (totals == null) {
      return this;
    }
    SortedMap<String, Totals> left = new TreeMap<>(values);
    left.remove(value);
    left.merge("", totals, Totals::plus);
    return new Split(left, other);
  }

  /** The same views with a limited number of named values: those with the most views. */
  Split atMost(int count) {
    if (values.size() <= count) {
      return this;
    }
    TreeSet<Map.Entry<String, Totals>> bySize = new TreeSet<>(SMALLEST_FIRST);
    bySize.addAll(values.entrySet());
    SortedMap<String, Totals> largest = new TreeMap<>(values);
    Totals rest = other;
    while (largest.size() > count) {
      Map.Entry<String, Totals> smallest = bySize.pollFirst();
      largest.remove(smallest.getKey());
      rest = rest.plus(smallest.getValue());
    }
    return new Split(largest, rest);
  }
}
