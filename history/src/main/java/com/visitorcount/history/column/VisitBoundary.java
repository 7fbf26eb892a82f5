package com.visitorcount.history.column;

import com.visitorcount.history.row.Row;

/** Tells the visits of a visitor apart. */
public interface VisitBoundary {
  /**
   * Whether a view begins a new visit.
   *
   * @param first the first view of the visit so far
   * @param latest the last view of the visit so far
   * @param row the visitor's next view
   */
  boolean isBefore(Row first, Row latest, Row row);
}
