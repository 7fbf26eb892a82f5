package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The views of a day, or of a month whose days are summed, by their values in one dimension. At
 * most {@value Summary#MAX_VALUES} values are named, those with the most views, and each of these
 * is exact.
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

  /** What the views of a page amount to, if the values are pages; null if it is not named. */
  public @Nullable Totals ofPage(PageId page) {
    return split.values().get(Values.withoutSite(page));
  }
}
