package com.visitorcount.statistics;

import com.visitorcount.page.PageId;
import com.visitorcount.row.Row;
import com.visitorcount.view.Facts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the rows of one site and one UTC day into visits: views of one visitor with at most 30
 * minutes between each and the next. A visitor has another name each UTC day, so no visit goes
 * beyond midnight.
 */
final class Visits {
  private static final long MAX_GAP_SECONDS = 30 * 60;

  /** More visitors than a day has rows. */
  private static final long VISITORS_OF_A_DAY = 1L << Integer.SIZE;

  /** Of two views in one second, that which came from elsewhere was the first. */
  private static final Comparator<Row> ORDER =
      Comparator.comparingLong(Row::second)
          .thenComparing(row -> !row.facts().entry())
          .thenComparing(row -> row.page().toString())
          .thenComparingLong(Row::bornMillis)
          .thenComparingLong(Row::sequence);

  private final Map<PageId, String> pages = new HashMap<>();
  private final Map<String, String> sources = new HashMap<>();
  private final List<RowInVisit> rows;

  private Visits(int rows) {
    this.rows = new ArrayList<>(rows);
  }

  /**
   * All of the rows: those of a visit one after the other in the order in which they were viewed,
   * the visits of a visitor likewise; at the end those without a visitor. Equal sets of rows are
   * put into equal visits, in whatever order they come; that of the visitors may differ.
   *
   * @param rows of one site and one UTC day
   */
  static List<RowInVisit> of(Collection<Row> rows) {
    Map<String, List<Row>> byVisitor = new LinkedHashMap<>();
    for (Row row : rows) {
      byVisitor.computeIfAbsent(row.visitor(), visitor -> new ArrayList<>()).add(row);
    }
    Visits visits = new Visits(rows.size());
    List<Row> unknown = byVisitor.remove("");
    int number = 0;
    for (List<Row> ofVisitor : byVisitor.values()) {
      ofVisitor.sort(ORDER);
      long day = ofVisitor.get(0).day().toEpochDay();
      visits.addVisitor(day * VISITORS_OF_A_DAY + number, ofVisitor);
      number++;
    }
    if (unknown != null) {
      visits.add(Visit.UNKNOWN, unknown);
    }
    return visits.rows;
  }

  private void addVisitor(long visitor, List<Row> ofVisitor) {
    int first = 0;
    for (int i = 1; i <= ofVisitor.size(); i++) {
      if (i == ofVisitor.size()
          || ofVisitor.get(i).second() - ofVisitor.get(i - 1).second() > MAX_GAP_SECONDS) {
        List<Row> ofVisit = ofVisitor.subList(first, i);
        add(visit(visitor, ofVisit), ofVisit);
        first = i;
      }
    }
  }

  private Visit visit(long visitor, List<Row> ofVisit) {
    Row first = ofVisit.get(0);
    Row last = ofVisit.get(ofVisit.size() - 1);
    Facts facts = first.facts();
    return new Visit(
        visitor,
        first.second(),
        last.second() - first.second(),
        ofVisit.size(),
        page(first),
        page(last),
        facts.referrer(),
        facts.campaign(),
        source(facts));
  }

  private String source(Facts facts) {
    String source = facts.campaign().source();
    return source.isEmpty() ? sources.computeIfAbsent(facts.referrer(), Sources::nameOf) : source;
  }

  private void add(Visit visit, List<Row> ofVisit) {
    for (Row row : ofVisit) {
      rows.add(new RowInVisit(row, page(row), visit));
    }
  }

  private String page(Row row) {
    return pages.computeIfAbsent(row.page(), Visits::withoutSite);
  }

  private static String withoutSite(PageId page) {
    String text = page.toString();
    return page.site().equals(PageId.DEFAULT_SITE) ? text : text.substring(page.site().length());
  }
}
