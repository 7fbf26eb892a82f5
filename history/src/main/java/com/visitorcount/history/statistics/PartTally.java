package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Part;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the views of one part by their values. Rows are ordered by visitor and visit, so
 * remembering each value's last visit is enough to count a visit once.
 */
final class PartTally {
  private static final int NONE = -1;

  private final Part part;
  private final Selection selection;
  private final Values values;

  /** Null if the part has no events. */
  private final int @Nullable [] eventByRow;

  private final long[] views;
  private final long[] events;
  private final long[] visitors;
  private final long[] visits;
  private final long[] bounces;
  private final long[] seconds;
  private final long[] engagedViews;
  private final long[] engagedSeconds;
  private final long[] scrollPercents;
  private final int[] lastHolder;
  private final int[] lastVisit;

  private PartTally(Part part, Selection selection, Values values) {
    this.part = part;
    this.selection = selection;
    this.values = values;
    int count = values.texts().length;
    this.eventByRow = part.hasEvents() ? part.eventByRow() : null;
    this.views = new long[count];
    this.events = new long[count];
    this.visitors = new long[count];
    this.visits = new long[count];
    this.bounces = new long[count];
    this.seconds = new long[count];
    this.engagedViews = new long[count];
    this.engagedSeconds = new long[count];
    this.scrollPercents = new long[count];
    this.lastHolder = new int[count];
    this.lastVisit = new int[count];
    Arrays.fill(lastHolder, NONE);
    Arrays.fill(lastVisit, NONE);
  }

  /** Counts a visit for each value that a view of it has. */
  static PartTally byValue(Part part, Selection selection, Values values) {
    PartTally tally = new PartTally(part, selection, values);
    if (values.ofRows()) {
      tally.countRows(false);
    } else {
      tally.countVisits();
    }
    tally.countEngagement();
    return tally;
  }

  /** Counts a visit once, for the value of its first selected view. */
  static PartTally byFirstValue(Part part, Selection selection, Values values) {
    PartTally tally = new PartTally(part, selection, values);
    if (values.ofRows()) {
      tally.countRows(true);
    } else {
      tally.countVisits();
    }
    tally.countEngagement();
    return tally;
  }

  /** The totals of a value. */
  Totals totals(int value) {
    return new Totals(
        views[value],
        visitors[value],
        visits[value],
        bounces[value],
        seconds[value],
        events[value],
        new Totals.Engaged(engagedViews[value], engagedSeconds[value], scrollPercents[value]));
  }

  /** Adds the totals of each value that has views. */
  void addTo(Map<String, Totals> sums) {
    for (int value = 0; value < views.length; value++) {
      if (views[value] + events[value] > 0) {
        sums.merge(values.texts()[value], totals(value), Totals::plus);
      }
    }
  }

  /**
   * Avoids branches that depend on the selection: mispredicting them took most of a question's
   * time.
   */
  private void countVisits() {
    int[] visitsByHolder = part.visitsByHolder();
    int[] rowsByVisit = part.rowsByVisit();
    boolean[] bounces = part.bounceByVisit();
    int[] durations = part.durationByVisit();
    int[] places = values.places();
    int row = 0;
    int visit = 0;
    for (int holder = 0; holder < visitsByHolder.length; holder++) {
      boolean isVisitor = holder < part.visitors();
      for (int end = visit + visitsByHolder[holder]; visit < end; visit++) {
        int asked = selection.count(visit, row, rowsByVisit[visit]);
        row += rowsByVisit[visit];
        int value = places[visit];
        views[value] += asked;
        if (isVisitor) {
          int isAsked = Math.min(asked, 1);
          int last = lastHolder[value];
          visitors[value] += last == holder ? 0 : isAsked;
          lastHolder[value] = isAsked == 0 ? last : holder;
          visits[value] += isAsked;
          this.bounces[value] += bounces[visit] ? isAsked : 0;
          seconds[value] += (long) isAsked * durations[visit];
        }
      }
    }
    moveEvents();
  }

  /** Moves events out of the views, as which they were counted. */
  private void moveEvents() {
    if (eventByRow == null) {
      return;
    }
    int[] rowsByVisit = part.rowsByVisit();
    int row = 0;
    for (int visit = 0; visit < rowsByVisit.length; visit++) {
      int value = values.places()[visit];
      for (int end = row + rowsByVisit[visit]; row < end; row++) {
        if (eventByRow[row] >= 0 && selection.hasVisit(visit) && selection.hasRow(row)) {
          views[value]--;
          events[value]++;
        }
      }
    }
  }

  private void countRow(int value, int row) {
    if (eventByRow == null || eventByRow[row] < 0) {
      views[value]++;
    } else {
      events[value]++;
    }
  }

  private void countRows(boolean visitsOnce) {
    int[] visitsByHolder = part.visitsByHolder();
    int[] rowsByVisit = part.rowsByVisit();
    int row = 0;
    int visit = 0;
    for (int holder = 0; holder < visitsByHolder.length; holder++) {
      for (int end = visit + visitsByHolder[holder]; visit < end; visit++) {
        int next = row + rowsByVisit[visit];
        if (selection.hasVisit(visit)) {
          countRows(holder, visit, row, next, visitsOnce);
        }
        row = next;
      }
    }
  }

  private void countRows(int holder, int visit, int first, int end, boolean visitsOnce) {
    int[] places = values.places();
    boolean isCounted = holder >= part.visitors();
    for (int row = first; row < end; row++) {
      if (selection.hasRow(row)) {
        int value = places[row];
        countRow(value, row);
        if (holder < part.visitors()) {
          countVisitor(value, holder);
        }
        if (!isCounted && lastVisit[value] != visit) {
          countVisit(value, visit);
          isCounted = visitsOnce;
        }
      }
    }
  }

  private void countEngagement() {
    int[] rows = part.engagedRows();
    int[] seconds = part.engagedSeconds();
    int[] percents = part.scrollPercents();
    int[] rowsByVisit = part.rowsByVisit();
    int visit = 0;
    int end = rows.length == 0 ? 0 : rowsByVisit[0];
    for (int i = 0; i < rows.length; i++) {
      while (rows[i] >= end) {
        end += rowsByVisit[++visit];
      }
      if (selection.hasVisit(visit) && selection.hasRow(rows[i])) {
        int value = values.places()[values.ofRows() ? rows[i] : visit];
        engagedViews[value]++;
        engagedSeconds[value] += seconds[i];
        scrollPercents[value] += percents[i];
      }
    }
  }

  private void countVisitor(int value, int holder) {
    if (lastHolder[value] != holder) {
      lastHolder[value] = holder;
      visitors[value]++;
    }
  }

  private void countVisit(int value, int visit) {
    lastVisit[value] = visit;
    visits[value]++;
    bounces[value] += part.bounceByVisit()[visit] ? 1 : 0;
    seconds[value] += part.durationByVisit()[visit];
  }
}
