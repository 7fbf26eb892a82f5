package com.visitorcount.history.column;

import com.visitorcount.history.row.Row;

/** Decides where the visits of a visitor begin. */
public interface VisitBoundary {
  /**
   * Whether a view begins a new visit.
   *
   * @param first the first view of the visit so far
   * @param latest the latest view of the visit so far
   * @param row the visitor's next view
   */
  boolean isBefore(Row first, Row latest, Row row);
}
