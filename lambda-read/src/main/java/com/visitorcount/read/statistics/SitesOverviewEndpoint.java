package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.SiteAliases;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/sites/overview}: the owner's sites sorted by name, each with its visitors in a
 * period, their change, the points of a small chart, and its current visitors. The sites of a page
 * of the list are read in parallel; sites without news are not read at all.
 */
final class SitesOverviewEndpoint implements Endpoint {
  static final String PATH = "/api/v1/sites/overview";

  /** Most sites on a page, so that an answer stays within the function's timeout. */
  static final int MAX_LIMIT = 50;

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_AGE_SECONDS = 30;

  /** Most of the time is spent waiting for the table. */
  private static final int SITES_AT_ONCE = 8;

  private final StatisticsAccess access;
  private final SiteAliases aliases;
  private final HistoryTable table;
  private final Clock clock;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(SITES_AT_ONCE, SitesOverviewEndpoint::thread);

  SitesOverviewEndpoint(
      StatisticsAccess access, SiteAliases aliases, HistoryTable table, Clock clock) {
    this.access = requireNonNull(access, "access");
    this.aliases = requireNonNull(aliases, "aliases");
    this.table = requireNonNull(table, "table");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * A site in the list.
   *
   * @param before null without a comparison
   */
  private record Line(
      String site,
      List<Point> points,
      @Nullable Totals before,
      int online,
      UnreadableItems unreadable) {
    Totals now() {
      return points.stream().map(Point::totals).reduce(Totals.NONE, Totals::plus);
    }

    void writeTo(ObjectNode json) {
      json.put("site_id", site);
      Measured now = Measured.of(now());
      json.put("visitors", Measure.VISITORS.value(now));
      if (before != null) {
        Measured then = Measured.of(before);
        json.put("change", Measure.VISITORS.change(now, then));
        json.put("comparison_value", Measure.VISITORS.value(then));
      }
      json.put("online", online);
      ArrayNode course = json.putArray("points");
      points.forEach(point -> course.add(point.totals().visitors()));
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    access.require(request);
    QueryParameters query = request.queryParameters();
    try {
      if (query.first("filters") != null) {
        throw new InvalidQuestionException("The overview of all sites has no filters.");
      }
      int limit = StatisticsApi.number(query.first("limit"), DEFAULT_LIMIT, "limit");
      int page = StatisticsApi.number(query.first("page"), 1, "page");
      if (limit < 1 || limit > MAX_LIMIT || page < 1) {
        throw new InvalidQuestionException(
            "The limit must be from 1 to " + MAX_LIMIT + ", and the first page is 1.");
      }
      String search =
          Objects.requireNonNullElse(query.first("search"), "").toLowerCase(Locale.ROOT);
      Map<String, LocalDate> arrivals = table.history(clock, new UnreadableItems()).lastArrivals();
      List<String> sites =
          arrivals.keySet().stream()
              .filter(site -> aliases.site(site).equals(site) && site.contains(search))
              .toList();
      List<Line> lines =
          read(sites.stream().skip((page - 1L) * limit).limit(limit).toList(), arrivals, query);
      Incomplete incomplete =
          Incomplete.report(UnreadableItems.of(lines.stream().map(Line::unreadable)), record);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      ArrayNode results = json.putArray("results");
      lines.forEach(line -> line.writeTo(results.addObject()));
      json.put("total", sites.size());
      incomplete.writeTo(json);
      record.count(Metric.READS);
      String shared = access.isForEveryone() ? "public" : "private";
      return HttpResponse.compressedJson(request, json)
          .with(Map.of("cache-control", shared + ", max-age=" + MAX_AGE_SECONDS))
          .with(incomplete.headers())
          .unlessUnchanged(request);
    } catch (InvalidQuestionException e) {
      throw new ProblemException(ProblemType.INVALID_QUERY, e.getMessage());
    }
  }

  /** A daemon thread, so that it does not keep the process from exiting. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "sites");
    thread.setDaemon(true);
    return thread;
  }

  private List<Line> read(
      List<String> sites, Map<String, LocalDate> arrivals, QueryParameters query) {
    List<Future<Line>> lines = new ArrayList<>();
    try {
      for (String site : sites) {
        LocalDate lastArrival = requireNonNull(arrivals.get(site));
        lines.add(threads.submit(() -> line(site, lastArrival, query)));
      }
      List<Line> read = new ArrayList<>();
      for (Future<Line> line : lines) {
        read.add(line.get());
      }
      return read;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      lines.forEach(line -> line.cancel(true));
    }
  }

  private Line line(String site, LocalDate lastArrival, QueryParameters query) {
    UnreadableItems unreadable = new UnreadableItems();
    Statistics statistics = new Statistics(table.history(clock, unreadable), clock);
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    Question question = asked.question();
    Question before = asked.before();
    boolean compares = before != null && hasNews(lastArrival, before.from());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new Line(
        site,
        hasNews(lastArrival, question.from())
            ? statistics.series(question, asked.interval(query.first("interval")))
            : List.of(),
        compares
            ? statistics.aggregate(requireNonNull(before))
            : before == null ? null : Totals.NONE,
        hasNews(lastArrival, today) ? statistics.online(site).visitors() : 0,
        unreadable);
  }

  /**
   * Whether there may be rows since a day; in another time zone, the day may begin a UTC day
   * earlier.
   */
  private static boolean hasNews(LocalDate lastArrival, LocalDate day) {
    return !lastArrival.isBefore(day.minusDays(1));
  }
}
