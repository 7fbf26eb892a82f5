package com.visitorcount.statistics;

import java.util.List;

/**
 * A page of the values of a dimension, those with the most visitors first.
 *
 * @param total how many values there are on all pages
 */
public record Breakdown(List<Entry> entries, int total) {
  public Breakdown {
    entries = List.copyOf(entries);
  }

  /**
   * A value, and what its views amount to. The visitors and visits of several values may be the
   * same.
   */
  public record Entry(String value, Totals totals) {}
}
