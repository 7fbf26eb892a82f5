package com.visitorcount.view;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One view of a page, or one event, as it is counted.
 *
 * @param id makes a retry of the view known
 * @param at when it happened, by the clock of the function
 * @param facts entry, referrer and campaign of an event are not kept: it belongs to a visit, whose
 *     views tell them
 * @param visitor null where nobody asked for it
 * @param event null for a view of a page
 */
public record View(
    PageId page,
    ViewId id,
    Instant at,
    Facts facts,
    @Nullable VisitorToken visitor,
    @Nullable Event event) {
  public View {
    requireNonNull(page, "page");
    requireNonNull(id, "id");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
    if (page.isEvent() != (event != null)) {
      throw new IllegalArgumentException("an event, and nothing else, is counted as one");
    }
  }

  /** A view of a page. */
  public View(PageId page, ViewId id, Instant at, Facts facts, @Nullable VisitorToken visitor) {
    this(page, id, at, facts, visitor, null);
  }

  /** A view or an event of which nothing more is known. */
  public static View of(PageId page, ViewId id, Instant at) {
    return new View(page, id, at, Facts.NONE, null, page.isEvent() ? Event.NONE : null);
  }
}
