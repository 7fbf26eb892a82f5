package com.visitorcount.statistics;

/**
 * Counts views, visitors and visits. Rows come visitor by visitor and visit by visit, so to tell a
 * new one it is enough to remember the last.
 */
final class Tally {
  private long views;
  private long visitors;
  private long visits;
  private long bounces;
  private long durationSeconds;
  private Visit lastVisitor = Visit.UNKNOWN;
  private Visit lastVisit = Visit.UNKNOWN;

  /** Adds a view, and its visit if this is the first view of it. */
  void add(RowInVisit row) {
    addView(row);
    addVisit(row.visit());
  }

  /** Adds a view, whose visit is counted elsewhere. */
  void addView(RowInVisit row) {
    views++;
    Visit visit = row.visit();
    if (visit.isKnown() && !visit.hasVisitorOf(lastVisitor)) {
      visitors++;
      lastVisitor = visit;
    }
  }

  /**
   * Adds a visit, unless it is the one that came last.
   *
   * @return whether it was added
   */
  boolean addVisit(Visit visit) {
    if (!visit.isKnown() || visit.isSameAs(lastVisit)) {
      return false;
    }
    visits++;
    bounces += visit.isBounce() ? 1 : 0;
    durationSeconds += visit.durationSeconds();
    lastVisit = visit;
    return true;
  }

  /** Adds what was counted before. */
  void add(Totals totals) {
    views += totals.views();
    visitors += totals.visitors();
    visits += totals.visits();
    bounces += totals.bounces();
    durationSeconds += totals.durationSeconds();
  }

  Totals totals() {
    return new Totals(views, visitors, visits, bounces, durationSeconds);
  }
}
