package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.row.Row;

/**
 * A row, and the visit that it belongs to.
 *
 * @param page the row's page as {@link Dimension#PAGE} has it
 */
record RowInVisit(Row row, String page, Visit visit) {
  RowInVisit {
    requireNonNull(row, "row");
    requireNonNull(page, "page");
    requireNonNull(visit, "visit");
  }

  long second() {
    return row.second();
  }
}
