package com.visitorcount.statistics;

import com.visitorcount.page.PageId;
import com.visitorcount.row.Row;
import com.visitorcount.view.Campaign;
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
 * minutes between each and the next. By today's rule a click on another campaign, or an arrival
 * from another source, begins a new visit, too. A visitor has another name each UTC day, so no
 * visit goes beyond midnight.
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
  private final Map<Arrival, Origin> origins = new HashMap<>();
  private final VisitRule rule;
  private final List<RowInVisit> rows;

  /** What a view tells of how its visitor came. */
  private record Arrival(String referrer, Campaign campaign) {
    Arrival(Facts facts) {
      this(facts.referrer(), facts.campaign());
    }
  }

  private Visits(VisitRule rule, int rows) {
    this.rule = rule;
    this.rows = new ArrayList<>(rows);
  }

  /**
   * All of the rows: those of a visit one after the other in the order in which they were viewed,
   * the visits of a visitor likewise; at the end those without a visitor. Equal sets of rows are
   * put into equal visits, in whatever order they come; that of the visitors may differ.
   *
   * @param rows of one site and one UTC day
   */
  static List<RowInVisit> of(Collection<Row> rows, VisitRule rule) {
    Map<String, List<Row>> byVisitor = new LinkedHashMap<>();
    for (Row row : rows) {
      byVisitor.computeIfAbsent(row.visitor(), visitor -> new ArrayList<>()).add(row);
    }
    Visits visits = new Visits(rule, rows.size());
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
    int number = 0;
    for (int i = 1; i <= ofVisitor.size(); i++) {
      if (i == ofVisitor.size()
          || begins(ofVisitor.get(first), ofVisitor.get(i - 1), ofVisitor.get(i))) {
        List<Row> ofVisit = ofVisitor.subList(first, i);
        add(visit(visitor, number, ofVisit), ofVisit);
        first = i;
        number++;
      }
    }
  }

  /** Whether a view begins a new visit, after the first and the latest view of the one before. */
  private boolean begins(Row first, Row latest, Row row) {
    return row.second() - latest.second() > MAX_GAP_SECONDS
        || (rule == VisitRule.SOURCE
            && row.facts().entry()
            && comesFromElsewhere(row.facts(), first.facts()));
  }

  private boolean comesFromElsewhere(Facts facts, Facts first) {
    if (facts.campaign().equals(Campaign.NONE)) {
      // browsers keep a referrer over a reload, which is no new arrival
      String source = Sources.nameOf(facts.referrer());
      return !source.isEmpty()
          && !source.equals(origin(first).source())
          && !source.equals(Sources.nameOf(first.referrer()));
    }
    return !withoutSource(facts.campaign()).equals(withoutSource(first.campaign()))
        || !origin(facts).source().equals(origin(first).source());
  }

  private static Campaign withoutSource(Campaign campaign) {
    return new Campaign(
        "", campaign.medium(), campaign.name(), campaign.term(), campaign.content());
  }

  private Visit visit(long visitor, int number, List<Row> ofVisit) {
    Row first = ofVisit.get(0);
    Row last = ofVisit.get(ofVisit.size() - 1);
    Facts facts = first.facts();
    return new Visit(
        visitor,
        number,
        last.second() - first.second(),
        ofVisit.size(),
        page(first),
        page(last),
        facts.referrer(),
        facts.campaign(),
        origin(facts));
  }

  private Origin origin(Facts facts) {
    return origins.computeIfAbsent(
        new Arrival(facts), arrival -> Origin.of(arrival.referrer(), arrival.campaign()));
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
