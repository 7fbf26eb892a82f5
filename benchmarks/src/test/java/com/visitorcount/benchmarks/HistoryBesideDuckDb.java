package com.visitorcount.benchmarks;

import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.column.PartCodec;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.VisitRule;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Questions about a million views of one site in 30 days: our closed days, whose items are in
 * memory, beside DuckDB over Parquet, whose file the system keeps in memory. Both answer with
 * views, visitors, visits, bounces and durations, and a run in which they differ is void.
 */
final class HistoryBesideDuckDb {
  private static final String SITE = "example.com";
  private static final int VIEWS = 1_000_000;
  private static final int DAYS = 30;
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 15);
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String RIVAL = "DuckDB on Parquet";
  private static final String OWN_FILE = "DuckDB on its own file";
  private static final String UMAMI = "SQLite with Umami's tables";
  private static final double NOT_SLOWER = 1;
  private static final double FILTERED = 0.4;
  private static final double UNFILTERED = 0.02;

  private static final List<Filter> TWO_COUNTRIES =
      List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false));
  private static final List<Filter> SOME_PAGES =
      List.of(new Filter(Dimension.PAGE, List.of("/articles/number-1**"), false));

  private static final String IN_TWO_COUNTRIES = "country IN ('DE', 'US')";
  private static final String OF_SOME_PAGES = "starts_with(page, '/articles/number-1')";
  private static final String UTC_DAY = "strftime(second, '%Y-%m-%d')";
  private static final String BERLIN_DAY =
      "strftime(timezone('Europe/Berlin', timezone('UTC', second)), '%Y-%m-%d')";

  /** No view is so early that the period in Berlin, which begins before midnight UTC, had more. */
  private static final String BERLIN_END = " AND second < '" + LAST + " 23:00:00'";

  /** As Umami asks: a session is a visitor of a day. */
  private static final String UMAMI_TOTALS =
      """
      SELECT '', sum(views), count(DISTINCT session_id), count(*), sum(views = 1),
        sum(latest - first)
      FROM (
        SELECT session_id, visit_id, count(*) AS views, min(created_at) AS first,
          max(created_at) AS latest
        FROM website_event WHERE website_id = 1 AND created_at BETWEEN %d AND %d
        GROUP BY 1, 2)\
      """;

  private static final String UMAMI_PAGES =
      """
      SELECT url_path, count(*), count(DISTINCT website_event.session_id), 0, 0, 0
      FROM website_event JOIN session USING (session_id)
      WHERE website_event.website_id = 1 AND created_at BETWEEN %d AND %d
        AND country IN ('DE', 'US')
      GROUP BY 1\
      """;

  /** SQLite knows no zones, and summer time ended on 25 October. */
  private static final String UMAMI_BERLIN_DAYS =
      """
      SELECT date(created_at + iif(created_at < unixepoch('2026-10-25 01:00'), 7200, 3600),
          'unixepoch'),
        count(*), count(DISTINCT session_id), 0, 0, 0
      FROM website_event WHERE website_id = 1 AND created_at BETWEEN %d AND %d
      GROUP BY 1\
      """;

  private final Results results;
  private final DuckDb duckDb;
  private final Statistics statistics;

  private HistoryBesideDuckDb(Results results, DuckDb duckDb, Statistics statistics) {
    this.results = results;
    this.duckDb = duckDb;
    this.statistics = statistics;
  }

  static void run(Path target, Results results) throws Exception {
    Path file = Files.createDirectories(target).resolve("views.parquet");
    Clock clock = clock();
    MeteredHistory history = new MeteredHistory();
    try (DuckDb duckDb = new DuckDb(file)) {
      int views = fill(history, duckDb, results);
      Path umami = target.resolve("umami.sqlite");
      new Sqlite(umami, duckDb.views()).close();
      duckDb.write();
      double bytes =
          history.bytes().entrySet().stream()
              .filter(kind -> "dtpiqsm".contains(kind.getKey()))
              .mapToLong(kind -> kind.getValue())
              .sum();
      results.add(Result.ofFigure("bytes of a view, for ever", bytes / views, 3.1, "bytes"));
      Path saved = target.resolve("history.bin");
      history.saveTo(saved);
      results.add(
          Result.ofFigure(
              "first question of a process: pages, two countries",
              FirstQuestion.median(saved),
              500,
              "ms of CPU"));
      double parquet = Files.size(file) / (double) views;
      System.out.printf("Parquet: %.2f bytes a view%n", parquet);
      HistoryBesideDuckDb benchmark =
          new HistoryBesideDuckDb(
              results, duckDb, new Statistics(history.table().history(clock), clock));
      benchmark.compare();
      benchmark.compareWithOwnFile();
      try (Sqlite sqlite = new Sqlite(umami)) {
        benchmark.compareWithUmami(sqlite);
      }
    }
  }

  /** Both get the same views; ours are closed as the hourly run does. */
  private static int fill(MeteredHistory history, DuckDb duckDb, Results results) throws Exception {
    Traffic traffic = new Traffic(SITE, 1);
    int views = 0;
    long closing = 0;
    long encoding = 0;
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      List<Row> rows = traffic.day(day, VIEWS / DAYS);
      history.table().chunks().store(rows, day.atTime(23, 59).toInstant(ZoneOffset.UTC));
      long start = cpu();
      history
          .table()
          .compaction()
          .run(day.plusDays(2).atTime(3, 10).toInstant(ZoneOffset.UTC), () -> false);
      closing += cpu() - start;
      start = cpu();
      PartCodec.encode(rows, VisitRule.CURRENT);
      encoding += cpu() - start;
      duckDb.add(rows);
      views += rows.size();
    }
    System.out.printf("closing, all in: %.0f ms of CPU%n", closing / 1e6);
    results.add(Result.ofFigure("encoding a million views", encoding / 1e6, 2_000, "ms of CPU"));
    return views;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Three days after the last view. */
  static Clock clock() {
    return Clock.fixed(LAST.plusDays(3).atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);
  }

  /** About the views from two countries. */
  static Question twoCountries() {
    return question(ZoneOffset.UTC, TWO_COUNTRIES);
  }

  private void compare() throws Exception {
    Question filtered = twoCountries();
    Question ofPages = question(ZoneOffset.UTC, SOME_PAGES);
    Question inBerlin = question(BERLIN, TWO_COUNTRIES);
    race(
        "totals, two countries",
        FILTERED,
        () -> statistics.aggregate(filtered),
        HistoryBesideDuckDb::named,
        byVisit("''", IN_TWO_COUNTRIES));
    race(
        "pages, two countries",
        FILTERED,
        () -> statistics.split(filtered, Dimension.PAGE),
        Split::values,
        byValue("page", IN_TWO_COUNTRIES));
    race(
        "hours of the day, two countries",
        FILTERED,
        () -> statistics.split(filtered, Dimension.HOUR),
        Split::values,
        byValue("strftime(second, '%H')", IN_TWO_COUNTRIES));
    race(
        "referrers, some pages",
        FILTERED,
        () -> statistics.split(ofPages, Dimension.REFERRER),
        Split::values,
        byValue("referrer", OF_SOME_PAGES));
    race(
        "days, two countries",
        FILTERED,
        () -> statistics.series(filtered, Interval.DAY),
        HistoryBesideDuckDb::byDay,
        byVisit(UTC_DAY, IN_TWO_COUNTRIES));
    race(
        "days in Berlin, two countries",
        FILTERED,
        () -> statistics.series(inBerlin, Interval.DAY),
        HistoryBesideDuckDb::byDay,
        byVisit(BERLIN_DAY, IN_TWO_COUNTRIES + BERLIN_END));
    Question all = question(ZoneOffset.UTC, List.of());
    Question allInBerlin = question(BERLIN, List.of());
    race(
        "totals",
        UNFILTERED,
        () -> statistics.aggregate(all),
        HistoryBesideDuckDb::named,
        byVisit("''", "true"));
    race(
        "days",
        UNFILTERED,
        () -> statistics.series(all, Interval.DAY),
        HistoryBesideDuckDb::byDay,
        byVisit(UTC_DAY, "true"));
    race(
        "days in Berlin",
        UNFILTERED,
        () -> statistics.series(allInBerlin, Interval.DAY),
        HistoryBesideDuckDb::byDay,
        byVisit(BERLIN_DAY, "true" + BERLIN_END));
    race(
        "pages",
        UNFILTERED,
        () -> statistics.split(all, Dimension.PAGE),
        Split::values,
        byValue("page", "true"));
  }

  private void compareWithOwnFile() throws Exception {
    Question filtered = twoCountries();
    Question all = question(ZoneOffset.UTC, List.of());
    Question allInBerlin = question(BERLIN, List.of());
    race(
        "pages, two countries",
        NOT_SLOWER,
        () -> statistics.split(filtered, Dimension.PAGE),
        Split::values,
        OWN_FILE,
        duckDb.prepareOwn(byValue("page", IN_TWO_COUNTRIES)));
    race(
        "totals",
        UNFILTERED,
        () -> statistics.aggregate(all),
        HistoryBesideDuckDb::named,
        OWN_FILE,
        duckDb.prepareOwn(byVisit("''", "true")));
    race(
        "days in Berlin",
        UNFILTERED,
        () -> statistics.series(allInBerlin, Interval.DAY),
        HistoryBesideDuckDb::byDay,
        OWN_FILE,
        duckDb.prepareOwn(byVisit(BERLIN_DAY, "true" + BERLIN_END)));
  }

  /** Umami's own questions, of which two ask for views and visitors alone. */
  private void compareWithUmami(Sqlite sqlite) throws Exception {
    Question filtered = twoCountries();
    Question all = question(ZoneOffset.UTC, List.of());
    Question allInBerlin = question(BERLIN, List.of());
    long first = FIRST.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    long last = LAST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() - 1;
    long lastInBerlin = LAST.plusDays(1).atStartOfDay(BERLIN).toEpochSecond() - 1;
    race(
        "pages, two countries",
        FILTERED,
        () -> statistics.split(filtered, Dimension.PAGE),
        split -> viewsAndVisitors(split.values()),
        UMAMI,
        sqlite.prepare(UMAMI_PAGES.formatted(first, last)));
    race(
        "totals",
        UNFILTERED,
        () -> statistics.aggregate(all),
        HistoryBesideDuckDb::named,
        UMAMI,
        sqlite.prepare(UMAMI_TOTALS.formatted(first, last)));
    race(
        "days in Berlin",
        UNFILTERED,
        () -> statistics.series(allInBerlin, Interval.DAY),
        points -> viewsAndVisitors(byDay(points)),
        UMAMI,
        sqlite.prepare(UMAMI_BERLIN_DAYS.formatted(first, lastInBerlin)));
  }

  private static SortedMap<String, Totals> viewsAndVisitors(SortedMap<String, Totals> all) {
    SortedMap<String, Totals> some = new TreeMap<>();
    all.forEach(
        (key, totals) -> some.put(key, new Totals(totals.views(), totals.visitors(), 0, 0, 0)));
    return some;
  }

  /** Where a visit has one key: its numbers stand in the row that it starts with. */
  private static String byVisit(String key, String condition) {
    return """
    SELECT %s, count(*), count(DISTINCT visitor), count(*) FILTER (starts),
      count(*) FILTER (bounce), sum(duration)
    FROM VIEWS WHERE %s GROUP BY 1\
    """
        .formatted(key, condition);
  }

  /** Where a visit may have several keys, and counts for each. */
  private static String byValue(String key, String condition) {
    return """
    SELECT key, sum(views), count(DISTINCT visitor), count(*), count(*) FILTER (bounces),
      sum(durations)
    FROM (
      SELECT %s AS key, any_value(visitor) AS visitor, count(*) AS views,
        any_value(visit_bounce) AS bounces, any_value(visit_duration) AS durations
      FROM VIEWS WHERE %s GROUP BY 1, visit)
    GROUP BY 1\
    """
        .formatted(key, condition);
  }

  private <T> void race(
      String name,
      double goal,
      Supplier<T> ours,
      Function<T, SortedMap<String, Totals>> reading,
      String sql)
      throws Exception {
    race(name, goal, ours, reading, RIVAL, duckDb.prepare(sql));
  }

  private <T> void race(
      String name,
      double goal,
      Supplier<T> ours,
      Function<T, SortedMap<String, Totals>> reading,
      String rivalName,
      PreparedQuestion prepared)
      throws Exception {
    SortedMap<String, Totals> our = reading.apply(ours.get());
    SortedMap<String, Totals> their = prepared.answer();
    if (!our.equals(their)) {
      throw new IllegalStateException(
          name + ": the answers differ, so the run is void:\n" + our + "\n" + their);
    }
    Callable<?> rival = prepared::answer;
    results.add(CpuRace.run(name, ours::get, rival, rivalName, goal));
  }

  private static Question question(ZoneId zone, List<Filter> filters) {
    return new Question(SITE, FIRST, LAST, zone, filters);
  }

  private static SortedMap<String, Totals> named(Totals totals) {
    return new TreeMap<>(Map.of("", totals));
  }

  private static SortedMap<String, Totals> byDay(List<Point> points) {
    SortedMap<String, Totals> days = new TreeMap<>();
    points.forEach(point -> days.put(point.start().toLocalDate().toString(), point.totals()));
    return days;
  }
}
