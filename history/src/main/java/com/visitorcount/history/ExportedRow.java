package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.view.Engagement;
import org.jspecify.annotations.Nullable;

/**
 * A view or event on its way out of history.
 *
 * @param row its visitor is a number, unique within one site and UTC day
 * @param visit number of the visit, unique within one site and UTC day; negative if no visitor is
 *     known
 * @param engagement how the visitor engaged with the page; null if unknown, and for events
 */
public record ExportedRow(Row row, int visit, @Nullable Engagement engagement) {
  public ExportedRow {
    requireNonNull(row, "row");
  }
}
