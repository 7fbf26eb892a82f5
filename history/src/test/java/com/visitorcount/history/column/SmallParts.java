package com.visitorcount.history.column;

import com.visitorcount.history.row.Row;
import java.util.Collection;
import java.util.List;

/** Parts that are smaller than necessary, in stored form. */
public final class SmallParts {
  private SmallParts() {}

  /**
   * The rows of a day.
   *
   * @param maxRows most rows of a part, unless it has only one visitor
   */
  public static List<Part> of(Collection<Row> rows, VisitBoundary boundary, int maxRows) {
    return PartCodec.encode(rows, boundary, maxRows).stream()
        .map(part -> PartCodec.decode(part.groups()))
        .toList();
  }
}
