package com.visitorcount.history.column;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's views and events on one site in one UTC day, visit by visit, each visit in order of
 * time. A visitor's token changes each UTC day, so no visit extends beyond midnight.
 *
 * @param isKnown false for a view without a known visitor, which stands alone
 * @param engagements the engagement reported by messages, by view
 */
record Visitor(boolean isKnown, List<List<Row>> visits, Map<Row.Name, Engagement> engagements) {
  /** A visitor with more views in a day is not a person, and counts as several visitors. */
  static final int MAX_VIEWS = 1_000_000;

  /** Within a second, a view that came from elsewhere is first, then other views. */
  private static final Comparator<Row> ORDER =
      Row.bySecondAnd(
          Comparator.comparing((Row row) -> !row.facts().entry())
              .thenComparing(row -> row.event() != null)
              .thenComparing(row -> row.page().toString())
              .thenComparingLong(Row::bornMillis)
              .thenComparingLong(Row::sequence));

  /**
   * The visitors of a day, in the order of their first views; views without a visitor come last.
   * Equal sets of rows give equal lists, whatever the visitors' tokens and the order of the rows.
   * Messages about engagement with none of the views are left out.
   *
   * @param rows of one site and one UTC day, each once
   */
  static List<Visitor> of(Collection<Row> rows, VisitBoundary boundary) {
    return of(rows, boundary, MAX_VIEWS);
  }

  static List<Visitor> of(Collection<Row> rows, VisitBoundary boundary, int maxViews) {
    Map<String, List<Row>> byVisitor = new LinkedHashMap<>();
    Map<String, List<Row>> messages = new HashMap<>();
    for (Row row : rows) {
      (row.isMessage() ? messages : byVisitor)
          .computeIfAbsent(row.visitor(), visitor -> new ArrayList<>(4))
          .add(row);
    }
    List<Row> anonymous = byVisitor.remove("");
    List<Visitor> visitors = new ArrayList<>(byVisitor.size());
    for (Map.Entry<String, List<Row>> entry : byVisitor.entrySet()) {
      List<Row> ofVisitor = entry.getValue();
      ofVisitor.sort(ORDER);
      Map<Row.Name, Engagement> engagements =
          engagements(ofVisitor, messages.getOrDefault(entry.getKey(), List.of()));
      for (int first = 0; first < ofVisitor.size(); first += maxViews) {
        int end = Math.min(first + maxViews, ofVisitor.size());
        visitors.add(
            new Visitor(true, visits(ofVisitor.subList(first, end), boundary), engagements));
      }
    }
    visitors.sort(Comparator.comparing(Visitor::first, ORDER));
    if (anonymous != null) {
      anonymous.sort(ORDER);
      anonymous.forEach(row -> visitors.add(new Visitor(false, List.of(List.of(row)), Map.of())));
    }
    return visitors;
  }

  private record Life(PageId page, long bornMillis) {}

  /** The engagement with each view: a message is about the latest view up to its sequence. */
  private static Map<Row.Name, Engagement> engagements(List<Row> rows, List<Row> messages) {
    if (messages.isEmpty()) {
      return Map.of();
    }
    Map<Life, NavigableMap<Long, Row.Name>> views = new HashMap<>();
    for (Row row : rows) {
      views
          .computeIfAbsent(new Life(row.page(), row.bornMillis()), life -> new TreeMap<>())
          .put(row.sequence(), row.name());
    }
    Map<Row.Name, Engagement> engagements = new HashMap<>();
    for (Row message : messages) {
      Life life = new Life(message.page(), message.bornMillis());
      Map.Entry<Long, Row.Name> view =
          views.getOrDefault(life, new TreeMap<>()).floorEntry(message.sequence());
      if (view != null) {
        engagements.merge(view.getValue(), requireNonNull(message.engagement()), Engagement::max);
      }
    }
    return engagements;
  }

  /** The engagement with a row, null if unknown. */
  @Nullable Engagement engagement(Row row) {
    return engagements.isEmpty() ? null : engagements.get(row.name());
  }

  private static List<List<Row>> visits(List<Row> rows, VisitBoundary boundary) {
    List<List<Row>> visits = new ArrayList<>(2);
    int first = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i == rows.size() || boundary.isBefore(rows.get(first), rows.get(i - 1), rows.get(i))) {
        visits.add(rows.subList(first, i));
        first = i;
      }
    }
    return visits;
  }

  Row first() {
    return visits.get(0).get(0);
  }

  int rows() {
    int rows = 0;
    for (List<Row> visit : visits) {
      rows += visit.size();
    }
    return rows;
  }
}
