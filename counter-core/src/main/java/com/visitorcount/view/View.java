package com.visitorcount.view;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One view of a page, or one event, to be counted.
 *
 * @param id identifies retries of the view
 * @param at when it happened, by the function's clock
 * @param facts entry, referrer and campaign are not kept for an event: the views of its visit have
 *     them
 * @param visitor null if unknown
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

  /** A view or an event without further facts. */
  public static View of(PageId page, ViewId id, Instant at) {
    return new View(page, id, at, Facts.NONE, null, page.isEvent() ? Event.NONE : null);
  }
}
