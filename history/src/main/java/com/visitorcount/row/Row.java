package com.visitorcount.row;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StreamedView;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * One view or event in history. Its name is page, birth, sequence and second: history is a set of
 * rows, and the same view told twice is one row.
 *
 * @param bornMillis tells lives of a page that was deleted and begun anew apart
 * @param sequence the page's count with this view in it
 * @param second when the view happened, in seconds since the epoch
 * @param visitor the same for views of one visitor within a site and UTC day, in no relation to any
 *     other day's; empty where an older counter wrote the view
 * @param event null for a view of a page
 */
public record Row(
    PageId page,
    long bornMillis,
    long sequence,
    long second,
    Facts facts,
    String visitor,
    @Nullable Event event) {
  public Row {
    requireNonNull(page, "page");
    requireNonNull(facts, "facts");
    requireNonNull(visitor, "visitor");
    if (page.isEvent() != (event != null)) {
      throw new IllegalArgumentException("an event, and nothing else, has a row of its kind");
    }
  }

  /** A view of a page, or an event of which nothing more is known. */
  public Row(
      PageId page, long bornMillis, long sequence, long second, Facts facts, String visitor) {
    this(page, bornMillis, sequence, second, facts, visitor, page.isEvent() ? Event.NONE : null);
  }

  /** The row of a view that the stream tells of: the same for the same record, at any time. */
  public static Row of(StreamedView view) {
    VisitorToken visitor = view.visitor();
    return new Row(
        view.page(),
        view.bornMillis(),
        view.sequence(),
        view.at().getEpochSecond(),
        view.facts(),
        visitor == null ? "" : visitor.hex(),
        view.event());
  }

  /** What makes a row the same row. */
  public record Name(PageId page, long bornMillis, long sequence, long second) {}

  /** What makes this row the same as another. */
  public Name name() {
    return new Name(page, bornMillis, sequence, second);
  }

  /** The same row of another visitor. */
  public Row withVisitor(String other) {
    return new Row(page, bornMillis, sequence, second, facts, other, event);
  }

  /** The same event, of which something else is known. */
  public Row withEvent(Event other) {
    return new Row(page, bornMillis, sequence, second, facts, visitor, other);
  }

  /**
   * The row in another life of its page.
   *
   * @param visitorPrefix tells its visitor from those of other lives; none stays none
   */
  public Row withBorn(long other, String visitorPrefix) {
    String renamed = visitor.isEmpty() ? "" : visitorPrefix + visitor;
    return new Row(page, other, sequence, second, facts, renamed, event);
  }

  /** The UTC day of the view. */
  public LocalDate day() {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }
}
