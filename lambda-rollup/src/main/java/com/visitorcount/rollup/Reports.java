package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.SentReports;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Breakdown;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sns.SnsClient;

/** Sends the report of a week or month, once, through a topic of Amazon SNS. */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  /** Most sites that are included, in the order of their names. */
  static final int MAX_SITES = 1_000;

  /** Most sites that are shown with their lists. */
  static final int MAX_DETAILS = 20;

  private static final int MAX_LINES = 5;

  private static final Attribute PAGES = Attribute.of(Dimension.PAGE);
  private static final Attribute SOURCES = Attribute.of(Dimension.SOURCE);
  private static final Attribute GOALS = Attribute.of(Dimension.EVENT);

  private final HistoryTable table;
  private final SentReports sent;
  private final SnsClient topics;
  private final String topicArn;
  private final ReportInterval interval;
  private final Clock clock;

  Reports(
      HistoryTable table, SnsClient topics, String topicArn, ReportInterval interval, Clock clock) {
    this.table = requireNonNull(table, "table");
    this.sent = table.sentReports();
    this.topics = requireNonNull(topics, "topics");
    this.topicArn = requireNonNull(topicArn, "topicArn");
    this.interval = requireNonNull(interval, "interval");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * Sends the report of the week or month that is over, if it is due and was not sent yet. If it
   * cannot be sent, the next run tries again.
   *
   * @param dashboard address of the dashboard
   * @param isTimeUp asked before each site; the report says how many sites it lacks
   * @return whether one was sent
   * @throws RuntimeException if it could not be made or sent
   */
  boolean run(String dashboard, BooleanSupplier isTimeUp) {
    Instant now = clock.instant();
    if (!interval.isDue(now)) {
      return false;
    }
    LocalDate first = interval.before(interval.current(LocalDate.ofInstant(now, ZoneOffset.UTC)));
    String name = interval.label() + "#" + first;
    if (!sent.claim(name, now)) {
      return false;
    }
    try {
      Report report = of(first, dashboard, isTimeUp);
      topics.publish(
          message -> message.topicArn(topicArn).subject(report.subject()).message(report.text()));
    } catch (RuntimeException e) {
      sent.release(name, now);
      throw e;
    }
    sent.finish(name, now);
    return true;
  }

  /** The report of the week or month that begins on this day. */
  Report of(LocalDate first, String dashboard, BooleanSupplier isTimeUp) {
    UnreadableItems unreadable = new UnreadableItems();
    Statistics statistics = new Statistics(table.history(clock, unreadable), clock);
    LocalDate before = interval.before(first);
    // rows of a day arrive on it or later
    List<String> names =
        table.history(clock).lastArrivals().entrySet().stream()
            .filter(site -> !site.getValue().isBefore(before))
            .map(Map.Entry::getKey)
            .toList();
    List<Report.Site> sites = new ArrayList<>();
    int read = 0;
    for (String name : names.subList(0, Math.min(MAX_SITES, names.size()))) {
      if (isTimeUp.getAsBoolean()) {
        break;
      }
      read++;
      Report.Site site = site(statistics, name, first);
      if (site.now().rows() > 0 || (site.before() != null && site.before().rows() > 0)) {
        sites.add(site);
      }
    }
    sites.sort(Report.Site.MOST_VISITORS_FIRST);
    List<Report.Details> details = new ArrayList<>();
    for (Report.Site site : sites) {
      if (details.size() == MAX_DETAILS || site.now().rows() == 0 || isTimeUp.getAsBoolean()) {
        break;
      }
      details.add(details(statistics, site, first));
    }
    unreadable.named().forEach(item -> LOG.error("Cannot be read: {}", item.item(), item.cause()));
    return new Report(
        interval,
        first,
        dashboard,
        details,
        sites.subList(details.size(), sites.size()),
        names.size() - read,
        unreadable.days());
  }

  private Report.Site site(Statistics statistics, String name, LocalDate first) {
    LocalDate before = interval.before(first);
    boolean hasBefore = statistics.firstDay(name).filter(day -> day.isBefore(first)).isPresent();
    return new Report.Site(
        name,
        statistics.aggregate(question(name, first)),
        hasBefore ? statistics.aggregate(question(name, before)) : null);
  }

  private Question question(String site, LocalDate first) {
    return new Question(site, first, interval.last(first), ZoneOffset.UTC, List.of());
  }

  private Report.Details details(Statistics statistics, Report.Site site, LocalDate first) {
    Map<Attribute, Split> splits =
        statistics.splits(question(site.name(), first), Set.of(PAGES, SOURCES, GOALS));
    return new Report.Details(
        site,
        lines(splits, PAGES, "(unknown)"),
        lines(splits, SOURCES, "Direct / None"),
        lines(splits, GOALS, ""));
  }

  /**
   * @param unknown shown for the empty value; if this is empty, the value is not listed
   */
  private static List<Report.Line> lines(
      Map<Attribute, Split> splits, Attribute attribute, String unknown) {
    Map<String, Totals> values = requireNonNull(splits.get(attribute)).values();
    Dimension dimension = attribute.dimension();
    return Breakdown.of(
            values,
            value ->
                !(value.isEmpty() && unknown.isEmpty())
                    && !dimension.isSpam(value)
                    && !(dimension == Dimension.EVENT && value.equals(Dimension.PAGEVIEW)),
            Breakdown.MOST_VISITORS_FIRST,
            MAX_LINES,
            1)
        .entries()
        .stream()
        .map(
            entry ->
                new Report.Line(
                    entry.value().isEmpty() ? unknown : entry.value(), entry.totals().visitors()))
        .toList();
  }
}
