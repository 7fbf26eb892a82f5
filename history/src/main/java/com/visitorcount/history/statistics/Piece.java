package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The views of a day or a summed month by their values in one dimension. At most {@value
 * Summary#MAX_VALUES} values are named, those with the most views, and their numbers are exact.
 *
 * @param first first UTC day
 * @param last last UTC day
 */
public record Piece(LocalDate first, LocalDate last, Split split) {
  public Piece {
    requireNonNull(first, "first");
    requireNonNull(last, "last");
    requireNonNull(split, "split");
  }

  /** The totals of a page, if the values are pages; null if it is not named. */
  public @Nullable Totals ofPage(PageId page) {
    return split.values().get(Values.withoutSite(page));
  }
}
