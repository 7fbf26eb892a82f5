package com.visitorcount.history.statistics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Adds up the splits of several days, with a limit on the number of named values. */
final class SplitSum {
  private final int maxValues;
  private final SortedMap<String, Totals> values = new TreeMap<>();
  private Totals other = Totals.NONE;

  SplitSum(int maxValues) {
    this.maxValues = maxValues;
  }

  void add(Split more) {
    add(more.values());
    other = other.plus(more.other());
  }

  void add(Map<String, Totals> more) {
    more.forEach((value, totals) -> values.merge(value, totals, Totals::plus));
    if (values.size() > maxValues) {
      Split cut = new Split(values, other).atMost(maxValues);
      values.keySet().retainAll(cut.values().keySet());
      other = cut.other();
    }
  }

  Split split() {
    return new Split(values, other);
  }
}
