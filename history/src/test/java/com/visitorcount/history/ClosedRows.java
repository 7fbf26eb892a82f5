package com.visitorcount.history;

import com.visitorcount.history.row.Row;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of closed days, as they are stored. */
final class ClosedRows {
  private ClosedRows() {}

  /** The rows of a day, null if it is not closed. */
  static @Nullable List<Row> of(Items items, String site, LocalDate day) {
    String key = Keys.summary(day);
    List<Item> summary = items.query(site, key, key, true);
    return summary.isEmpty()
        ? null
        : new StoredParts(items, site).rows(day, summary.get(0).revision());
  }
}
