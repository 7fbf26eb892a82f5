package com.visitorcount.view;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One view of a page, as it is counted.
 *
 * @param id makes a retry of the view known
 * @param at when it happened, by the clock of the function
 * @param visitor null where nobody asked for it
 */
public record View(
    PageId page, ViewId id, Instant at, Facts facts, @Nullable VisitorToken visitor) {
  public View {
    requireNonNull(page, "page");
    requireNonNull(id, "id");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
  }

  /** A view of which nothing more is known. */
  public static View of(PageId page, ViewId id, Instant at) {
    return new View(page, id, at, Facts.NONE, null);
  }
}
