package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A view as the table's stream tells of it.
 *
 * @param bornMillis when the page's item was made, 0 if an older counter made it; a page that was
 *     deleted and begun anew has another
 * @param sequence the page's count with this view in it
 * @param facts none if an older counter wrote the view
 * @param visitor null if an older counter wrote the view
 */
public record StreamedView(
    PageId page,
    long bornMillis,
    long sequence,
    Instant at,
    Facts facts,
    @Nullable VisitorToken visitor) {
  public StreamedView {
    requireNonNull(page, "page");
    requireNonNull(at, "at");
    requireNonNull(facts, "facts");
  }
}
