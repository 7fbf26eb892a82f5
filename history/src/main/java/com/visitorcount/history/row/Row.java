package com.visitorcount.history.row;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StreamedView;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One view or event in history, or a message about engagement. A view or event is identified by
 * page, birth, sequence and second: history is a set of rows, so the same view stored twice is one
 * row. A message is identified by all its content.
 *
 * @param bornMillis birth of the page, which distinguishes the lives of a page that was deleted and
 *     counted again
 * @param sequence the page's count including this view; for a message, the count when it came: it
 *     is about the visitor's latest view of the page up to that count
 * @param second when the view happened, in seconds since the epoch
 * @param visitor token of the visitor: the same for all views within a site and UTC day, unrelated
 *     to any other day's; empty if an older version wrote the view
 * @param event null for a view of a page
 * @param engagement null for a view or an event
 */
public record Row(
    PageId page,
    long bornMillis,
    long sequence,
    long second,
    Facts facts,
    String visitor,
    @Nullable Event event,
    @Nullable Engagement engagement) {
  public Row {
    requireNonNull(page, "page");
    requireNonNull(facts, "facts");
    requireNonNull(visitor, "visitor");
    if (page.isEvent() != (event != null)) {
      throw new IllegalArgumentException("an event, and nothing else, has a row of its kind");
    }
    if (page.isEvent() && engagement != null) {
      throw new IllegalArgumentException("nobody engages with an event");
    }
  }

  /** A view or an event. */
  public Row(
      PageId page,
      long bornMillis,
      long sequence,
      long second,
      Facts facts,
      String visitor,
      @Nullable Event event) {
    this(page, bornMillis, sequence, second, facts, visitor, event, null);
  }

  /** A view of a page, or an event without further details. */
  public Row(
      PageId page, long bornMillis, long sequence, long second, Facts facts, String visitor) {
    this(page, bornMillis, sequence, second, facts, visitor, page.isEvent() ? Event.NONE : null);
  }

  /** The row of a view in the stream; the same record always gives the same row. */
  public static Row of(StreamedView view) {
    VisitorToken visitor = view.visitor();
    return new Row(
        view.page(),
        view.bornMillis(),
        view.sequence(),
        view.at().getEpochSecond(),
        view.facts(),
        visitor == null ? "" : visitor.hex(),
        view.event(),
        view.engagement());
  }

  /**
   * The identity of a row.
   *
   * @param messenger the visitor of a message about engagement, otherwise empty
   */
  public record Name(
      PageId page,
      long bornMillis,
      long sequence,
      long second,
      String messenger,
      @Nullable Engagement engagement) {}

  /** The identity of this row: rows with the same name are the same row. */
  public Name name() {
    return new Name(
        page, bornMillis, sequence, second, engagement == null ? "" : visitor, engagement);
  }

  /** Whether both have the same name. */
  boolean isSameAs(Row other) {
    return second == other.second && name().equals(other.name());
  }

  /**
   * Compares by time, and those of the same second by more.
   *
   * @param more seldom asked, so it may be slow
   */
  public static Comparator<Row> bySecondAnd(Comparator<Row> more) {
    // not by comparingLong: sorting a large day takes this comparison tens of millions of times
    return (a, b) -> a.second == b.second ? more.compare(a, b) : Long.compare(a.second, b.second);
  }

  /** Whether this is a message about engagement, and so neither a view nor an event. */
  public boolean isMessage() {
    return engagement != null;
  }

  /** The same row with another visitor. */
  public Row withVisitor(String other) {
    return new Row(page, bornMillis, sequence, second, facts, other, event, engagement);
  }

  /** The same row with other details of its event. */
  public Row withEvent(Event other) {
    return new Row(page, bornMillis, sequence, second, facts, visitor, other, engagement);
  }

  /**
   * The row in another life of its page.
   *
   * @param visitorPrefix put before the visitor to distinguish it from those of other lives; no
   *     visitor stays no visitor
   */
  public Row withBorn(long other, String visitorPrefix) {
    String renamed = visitor.isEmpty() ? "" : visitorPrefix + visitor;
    return new Row(page, other, sequence, second, facts, renamed, event, engagement);
  }

  /** The UTC day of the view. */
  public LocalDate day() {
    return LocalDate.ofInstant(Instant.ofEpochSecond(second), ZoneOffset.UTC);
  }
}
