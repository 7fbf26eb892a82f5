package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Compares all metrics of all periods with files of answers, which are also computed here by loops
 * over a list of views. Both the computation and the API, whose history is compacted every day,
 * must equal the files. With {@code -Dgolden.write=<directory>} the computed answers are written
 * there, and are used from the next build on.
 */
final class StatisticsGoldenTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final LocalDate FIRST_DAY = LocalDate.parse("2025-10-05");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL_METRICS =
      "visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration";
  private static final String TWO_METRICS = "visitors,pageviews";

  /** Time, site, page, visitor, referrer, campaign, and the visitor's profile. */
  private static final String VIEWS =
      """
      2025-10-05T08:00:00 | example.com  | /       | a |                |        | german
      2025-10-05T08:30:00 | example.com  | /blog   | a | www.google.de  | letter | german
      2025-10-05T09:00:01 | example.com  | /shop   | a |                | ad     | german
      2025-11-24T23:50:00 | example.com  | /       | n | t.co           |        | american
      2025-11-24T23:59:59 | example.com  | /blog   | n |                |        | american
      2025-11-25T00:05:00 | example.com  | /blog/x | n |                |        | american
      2025-11-30T10:00:00 | example.com  | /       | a | www.blog.example |      | french
      2025-11-30T10:00:00 | shop.example | /       | a |                |        | french
      2025-12-31T23:59:59 | example.com  | /       | b |                | letter | german
      2026-01-01T00:00:00 | example.com  | /blog   | b |                |        | german
      2026-01-02T12:00:00 | example.com  | /       | c | news.example   |        | unknown
      2026-01-02T12:07:01 | example.com  | /blog   | c | www.google.de  |        | unknown
      2026-01-02T12:09:00 | example.com  | /shop   |   |                |        | unknown
      2026-02-10T06:00:00 | example.com  | /shop   | d | www.google.de  | ad     | french
      2026-02-28T23:00:00 | example.com  | /       | e |                |        | american
      2026-03-14T15:00:00 | shop.example | /       | f | t.co           | ad     | german
      2026-03-14T15:20:00 | shop.example | /cart   | f |                |        | german
      2026-03-14T15:51:00 | shop.example | /cart   | f |                |        | german
      2026-05-14T10:00:00 | old.example  | /       | g |                |        | german
      2026-05-28T10:00:00 | example.com  | /       | g |                |        | german
      2026-05-29T10:00:00 | example.com  | /       | h | www.blog.example |      | american
      2026-05-31T22:00:00 | example.com  | /blog   | h | t.co           | letter | american
      2026-06-01T00:00:00 | example.com  | /       | i |                |        | french
      2026-08-26T18:00:00 | example.com  | /blog   | j |                |        | german
      2026-08-27T09:00:00 | example.com  | /       | j | news.example   |        | german
      2026-08-27T09:29:59 | example.com  | /shop   | j |                |        | german
      2026-09-26T11:00:00 | example.com  | /       | k |                | ad     | unknown
      2026-10-01T11:00:00 | example.com  | /       | k |                |        | unknown
      2026-10-02T11:00:00 | example.com  | /blog   | k | t.co           |        | unknown
      2026-10-25T20:00:00 | example.com  | /       | l |                |        | american
      2026-10-26T20:00:00 | example.com  | /       | l | www.google.de  |        | american
      2026-10-31T23:45:00 | default      | main_page | m |              |        | french
      2026-11-01T00:10:00 | default      | /about  | m |                |        | french
      2026-11-11T07:00:00 | example.com  | /       | o |                | letter | german
      2026-11-17T07:00:00 | example.com  | /blog   | o |                |        | german
      2026-11-18T07:00:00 | example.com  | /       | p |                |        | german
      2026-11-18T07:03:20 | example.com  | /blog/x | p |                |        | german
      2026-11-23T05:00:00 | example.com  | /       | q | news.example   |        | french
      2026-11-23T21:00:00 | example.com  | /       | r |                |        | american
      2026-11-23T21:00:45 | example.com  | /shop   | r |                |        | american
      2026-11-24T00:00:00 | example.com  | /       | s |                |        | german
      2026-11-24T09:50:00 | example.com  | /       | t | t.co           | letter | american
      2026-11-24T10:10:00 | example.com  | /blog   | t | news.example   | ad     | american
      2026-11-24T10:40:00 | example.com  | /       | t |                |        | american
      2026-11-24T11:20:00 | example.com  | /shop   | t |                | ad     | american
      2026-11-24T11:55:00 | example.com  | /       | u |                |        | french
      2026-11-24T11:55:01 | example.com  | /       | v |                |        | german
      2026-11-24T11:58:00 | example.com  | /blog   | v |                |        | german
      2026-11-24T11:59:00 | example.com  | /blog   |   |                |        | unknown
      2026-11-24T12:00:00 | example.com  | /shop   | w | www.google.de  |        | french
      2026-11-24T11:57:00 | shop.example | /cart   | v |                |        | german
      """;

  private static final Map<String, String> SOURCES =
      Map.of(
          "", "",
          "www.google.de", "Google",
          "t.co", "X",
          "www.blog.example", "blog.example",
          "news.example", "news.example");

  /** Source, medium, campaign, term, content. */
  private static final Map<String, List<String>> CAMPAIGNS =
      Map.of(
          "", List.of("", "", "", "", ""),
          "letter", List.of("letter", "mail", "autumn", "shoes", "top"),
          "ad", List.of("ads", "cpc", "autumn", "", "side"));

  /** Country, browser, system, device. */
  private static final Map<String, List<String>> PEOPLE =
      Map.of(
          "german", List.of("DE", "Firefox", "Linux", "Laptop"),
          "american", List.of("US", "Chrome", "Android", "Mobile"),
          "french", List.of("FR", "Safari", "iOS", "Tablet"),
          "unknown", List.of("", "", "", ""));

  /** Query, its first and last day, and first day and end of the previous period. */
  private static final String PERIODS =
      """
      period=day                                   | 2026-11-24 | 2026-11-24 | 2026-11-23 | 2026-11-23T12:00
      period=7d                                    | 2026-11-18 | 2026-11-24 | 2026-11-11 | 2026-11-17T12:00
      period=30d                                   | 2026-10-26 | 2026-11-24 | 2026-09-26 | 2026-10-25T12:00
      period=90d                                   | 2026-08-27 | 2026-11-24 | 2026-05-29 | 2026-08-26T12:00
      period=month                                 | 2026-11-01 | 2026-11-30 | 2026-10-01 | 2026-10-24T12:00
      period=6mo                                   | 2026-06-01 | 2026-11-30 | 2025-12-01 | 2026-05-24T12:00
      period=12mo                                  | 2025-12-01 | 2026-11-30 | 2024-12-01 | 2025-11-24T12:00
      period=year                                  | 2026-01-01 | 2026-12-31 | 2025-01-01 | 2025-11-24T12:00
      period=all                                   | 2025-10-05 | 2026-11-24 | 2024-08-15 | 2025-10-04T12:00
      period=custom&date=2026-01-02,2026-05-29     | 2026-01-02 | 2026-05-29 | 2025-08-07 | 2026-01-02T00:00
      period=day&date=2025-11-24                   | 2025-11-24 | 2025-11-24 | 2025-11-23 | 2025-11-24T00:00
      period=7d&date=2026-01-02                    | 2025-12-27 | 2026-01-02 | 2025-12-20 | 2025-12-27T00:00
      period=month&date=2026-02-10                 | 2026-02-01 | 2026-02-28 | 2026-01-01 | 2026-02-01T00:00
      period=6mo&date=2026-05-31                   | 2025-12-01 | 2026-05-31 | 2025-06-01 | 2025-12-01T00:00
      period=year&date=2025-11-30                  | 2025-01-01 | 2025-12-31 | 2024-01-01 | 2025-01-01T00:00
      """;

  /** Query, its first and last day, first day and end of the previous period, and its interval. */
  private static final String SERIES =
      """
      period=day                                   | 2026-11-24 | 2026-11-24 | 2026-11-23 | 2026-11-23T12:00 | hour
      period=7d                                    | 2026-11-18 | 2026-11-24 | 2026-11-11 | 2026-11-17T12:00 | date
      period=30d                                   | 2026-10-26 | 2026-11-24 | 2026-09-26 | 2026-10-25T12:00 | date
      period=90d                                   | 2026-08-27 | 2026-11-24 | 2026-05-29 | 2026-08-26T12:00 | date
      period=month                                 | 2026-11-01 | 2026-11-30 | 2026-10-01 | 2026-10-24T12:00 | date
      period=6mo                                   | 2026-06-01 | 2026-11-30 | 2025-12-01 | 2026-05-24T12:00 | month
      period=12mo                                  | 2025-12-01 | 2026-11-30 | 2024-12-01 | 2025-11-24T12:00 | month
      period=year                                  | 2026-01-01 | 2026-12-31 | 2025-01-01 | 2025-11-24T12:00 | month
      period=all                                   | 2025-10-05 | 2026-11-24 | 2024-08-15 | 2025-10-04T12:00 | month
      period=custom&date=2026-01-02,2026-05-29     | 2026-01-02 | 2026-05-29 | 2025-08-07 | 2026-01-02T00:00 | month
      period=day&interval=minute                   | 2026-11-24 | 2026-11-24 | 2026-11-23 | 2026-11-23T12:00 | minute
      period=day&interval=date                     | 2026-11-24 | 2026-11-24 | 2026-11-23 | 2026-11-23T12:00 | date
      period=7d&interval=hour                      | 2026-11-18 | 2026-11-24 | 2026-11-11 | 2026-11-17T12:00 | hour
      period=7d&interval=week                      | 2026-11-18 | 2026-11-24 | 2026-11-11 | 2026-11-17T12:00 | week
      period=30d&interval=week                     | 2026-10-26 | 2026-11-24 | 2026-09-26 | 2026-10-25T12:00 | week
      period=90d&interval=week                     | 2026-08-27 | 2026-11-24 | 2026-05-29 | 2026-08-26T12:00 | week
      period=90d&interval=month                    | 2026-08-27 | 2026-11-24 | 2026-05-29 | 2026-08-26T12:00 | month
      period=month&interval=week                   | 2026-11-01 | 2026-11-30 | 2026-10-01 | 2026-10-24T12:00 | week
      period=6mo&interval=week                     | 2026-06-01 | 2026-11-30 | 2025-12-01 | 2026-05-24T12:00 | week
      period=12mo&interval=week                    | 2025-12-01 | 2026-11-30 | 2024-12-01 | 2025-11-24T12:00 | week
      """;

  private static final Map<String, String> LABELS_OF_NOTHING =
      Map.ofEntries(
          Map.entry("event:page", "(unknown)"),
          Map.entry("visit:entry_page", "(unknown)"),
          Map.entry("visit:exit_page", "(unknown)"),
          Map.entry("visit:source", "Direct / None"),
          Map.entry("visit:channel", "Direct"),
          Map.entry("visit:referrer", "Direct / None"),
          Map.entry("visit:utm_source", ""),
          Map.entry("visit:utm_medium", ""),
          Map.entry("visit:utm_campaign", ""),
          Map.entry("visit:utm_term", ""),
          Map.entry("visit:utm_content", ""),
          Map.entry("visit:country", "Unknown"),
          Map.entry("visit:browser", "Unknown"),
          Map.entry("visit:os", "Unknown"),
          Map.entry("visit:device", "Unknown"));

  private static final List<View> ALL = views();
  private static final Map<String, Endpoint> ENDPOINTS = endpoints();

  @Test
  void aggregate_eachPeriodAndComparison_isAsReckoned() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String[] line : table(PERIODS)) {
      Days days = Days.of(line);
      String query = "site_id=example.com&" + line[0] + "&metrics=" + ALL_METRICS;
      expected.put(query, aggregate("example.com", days, null));
      expected.put(
          query + "&compare=previous_period", aggregate("example.com", days, Days.before(line)));
      expected.put(
          query + "&compare=year_over_year", aggregate("example.com", days, days.yearBefore()));
    }
    Days all = Days.of(FIRST_DAY, TODAY);
    for (String site :
        List.of("shop.example", "default", "old.example", "halves.example", "empty.example")) {
      expected.put(
          "site_id=" + site + "&period=all&metrics=" + ALL_METRICS, aggregate(site, all, null));
    }
    assertGolden("aggregate", expected);
  }

  @Test
  void timeseries_eachIntervalAndComparison_isAsReckoned() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String[] line : table(SERIES)) {
      Days days = Days.of(line);
      String query = "site_id=example.com&" + line[0] + "&metrics=" + ALL_METRICS;
      expected.put(query, series(days, null, line[5], ALL_METRICS));
    }
    for (String[] line : table(SERIES).subList(0, 10)) {
      Days days = Days.of(line);
      String query = "site_id=example.com&" + line[0] + "&metrics=" + TWO_METRICS + "&compare=";
      expected.put(
          query + "previous_period", series(days, Days.before(line), line[5], TWO_METRICS));
      expected.put(query + "year_over_year", series(days, days.yearBefore(), line[5], TWO_METRICS));
    }
    assertGolden("timeseries", expected);
  }

  @Test
  void breakdown_eachPropertyAndPeriod_isAsReckoned() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    for (String property : LABELS_OF_NOTHING.keySet().stream().sorted().toList()) {
      String question = "&property=" + property;
      for (String[] line : table(PERIODS).subList(0, 10)) {
        expected.put(
            "site_id=example.com&" + line[0] + question + "&metrics=" + TWO_METRICS,
            breakdown("example.com", Days.of(line), null, property, TWO_METRICS));
      }
      Days year = Days.of(LocalDate.parse("2025-12-01"), LocalDate.parse("2026-11-30"));
      expected.put(
          "site_id=example.com&period=12mo" + question + "&metrics=" + ALL_METRICS,
          breakdown("example.com", year, null, property, ALL_METRICS));
      expected.put(
          "site_id=example.com&period=12mo&compare=year_over_year"
              + question
              + "&metrics="
              + TWO_METRICS,
          breakdown("example.com", year, year.yearBefore(), property, TWO_METRICS));
    }
    Days all = Days.of(FIRST_DAY, TODAY);
    for (String site : List.of("shop.example", "default", "empty.example")) {
      expected.put(
          "site_id=" + site + "&period=all&property=event:page&metrics=" + TWO_METRICS,
          breakdown(site, all, null, "event:page", TWO_METRICS));
    }
    assertGolden("breakdown", expected);
  }

  @Test
  void realtimeVisitors_eachSite_isAsReckoned() throws Exception {
    LocalDateTime now = LocalDateTime.ofInstant(NOW, ZoneOffset.UTC);
    Map<String, String> expected = new LinkedHashMap<>();
    for (String site : List.of("example.com", "shop.example", "default", "empty.example")) {
      Set<String> visitors = new HashSet<>();
      for (View view : ALL) {
        if (view.site().equals(site)
            && view.at().isAfter(now.minusMinutes(5))
            && !view.visitor().isEmpty()) {
          visitors.add(view.visitor());
        }
      }
      expected.put("site_id=" + site, String.valueOf(visitors.size()));
    }
    assertGolden("realtime/visitors", expected);
  }

  private static void assertGolden(String name, Map<String, String> expected) throws Exception {
    String file = name.replace('/', '-') + ".json";
    String directory = System.getProperty("golden.write");
    if (directory != null) {
      Files.writeString(Path.of(directory, file), text(expected));
    }
    JsonNode golden;
    try (InputStream stream = StatisticsGoldenTest.class.getResourceAsStream(file)) {
      golden = JSON.readTree(requireNonNull(stream, file));
    }
    SoftAssertions all = new SoftAssertions();
    all.assertThat(golden.size()).isEqualTo(expected.size());
    for (Map.Entry<String, String> each : expected.entrySet()) {
      String query = each.getKey();
      JsonNode answer = JSON.readTree(answer(name, query));
      JsonNode reckoned = JSON.readTree(each.getValue());
      all.assertThat(answer).as("API as reckoned, " + query).isEqualTo(reckoned);
      all.assertThat(shown(query, reckoned))
          .as("reckoned as in the file, " + query)
          .isEqualTo(golden.get(query));
      all.assertThat(shown(query, answer))
          .as("API as in the file, " + query)
          .isEqualTo(golden.get(query));
    }
    all.assertAll();
  }

  /** For a day's minutes and a week's hours, a file has only those with views. */
  private static JsonNode shown(String query, JsonNode answer) {
    if (!query.contains("interval=minute") && !query.contains("interval=hour")) {
      return answer;
    }
    ObjectNode shown = JSON.createObjectNode();
    shown.put("points", answer.get("results").size());
    ArrayNode viewed = shown.putArray("viewed");
    for (JsonNode point : answer.get("results")) {
      if (point.get("pageviews").intValue() > 0) {
        viewed.add(point);
      }
    }
    return shown;
  }

  private static String text(Map<String, String> answers) throws Exception {
    StringBuilder text = new StringBuilder("{");
    String separator = "\n";
    for (Map.Entry<String, String> each : answers.entrySet()) {
      JsonNode shown = shown(each.getKey(), JSON.readTree(each.getValue()));
      text.append(separator).append('"').append(each.getKey()).append("\": ");
      text.append(shown.toString().replace("[{", "[\n  {").replace("},{", "},\n  {"));
      separator = ",\n";
    }
    return text.append("\n}\n").toString();
  }

  private static String answer(String name, String query) {
    String path = "/api/v1/stats/" + name;
    return requireNonNull(ENDPOINTS.get(path))
        .answer(
            new HttpRequest("r", "GET", path, query, Map.of(), null, false, "192.0.2.1"), mock())
        .body();
  }

  private static String aggregate(String site, Days days, @Nullable Days before) {
    Sums now = Sums.of(views(site, days));
    Sums then = before == null ? null : Sums.of(views(site, before));
    boolean data = before != null && before.end().isAfter(FIRST_DAY.atStartOfDay());
    ObjectNode results = JSON.createObjectNode();
    for (String metric : ALL_METRICS.split(",", -1)) {
      ObjectNode result = results.putObject(metric);
      result.put("value", now.value(metric));
      if (then != null) {
        result.put("change", data ? now.change(then, metric) : null);
        result.put("comparison_value", data ? then.value(metric) : null);
      }
    }
    ObjectNode json = JSON.createObjectNode().set("results", results);
    compared(json, before);
    return json.toString();
  }

  /** Which days were compared. */
  private static void compared(ObjectNode json, @Nullable Days before) {
    if (before == null) {
      return;
    }
    ObjectNode comparison = json.putObject("comparison");
    comparison.put("from", before.from().toString());
    comparison.put("to", before.end().minusSeconds(1).toLocalDate().toString());
    if (!before.end().toLocalTime().equals(LocalTime.MIDNIGHT)) {
      comparison.put("until", before.end().toInstant(ZoneOffset.UTC).toString());
    }
    if (before.from().isBefore(FIRST_DAY)) {
      comparison.put("data_since", FIRST_DAY.toString());
    }
  }

  private static String series(Days days, @Nullable Days before, String interval, String metrics) {
    List<ObjectNode> points = points(days, interval, metrics);
    boolean data = before != null && before.end().isAfter(FIRST_DAY.atStartOfDay());
    List<ObjectNode> then = data ? points(before, interval, metrics) : List.of();
    for (int i = 0; i < Math.min(points.size(), then.size()); i++) {
      points.get(i).set("comparison", then.get(i));
    }
    ObjectNode json = JSON.createObjectNode();
    json.putArray("results").addAll(points);
    compared(json, before);
    return json.toString();
  }

  private static List<ObjectNode> points(Days days, String interval, String metrics) {
    List<View> asked = views("example.com", days);
    List<ObjectNode> points = new ArrayList<>();
    LocalDateTime start = days.from().atStartOfDay();
    while (start.isBefore(days.end())) {
      LocalDateTime end = start.plusMinutes(1);
      while (!isStart(end, interval)) {
        end = end.plusMinutes(1);
      }
      List<View> views = new ArrayList<>();
      Set<Visit> visits = new HashSet<>();
      for (View view : asked) {
        if (!view.at().isBefore(start) && view.at().isBefore(end)) {
          views.add(view);
          Visit visit = view.visit();
          if (visit != null && !visit.first().at().isBefore(start)) {
            visits.add(visit);
          }
        }
      }
      Sums sums = new Sums(views, visits);
      ObjectNode point = JSON.createObjectNode();
      if (interval.equals("hour") || interval.equals("minute")) {
        point.put("date", DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(start));
        point.put("instant", start.toInstant(ZoneOffset.UTC).toString());
      } else {
        point.put("date", start.toLocalDate().toString());
      }
      for (String metric : metrics.split(",", -1)) {
        point.put(metric, sums.value(metric));
      }
      if (isPartial(start, end, days, interval)) {
        point.put("partial", true);
      }
      points.add(point);
      start = end;
    }
    return points;
  }

  private static boolean isPartial(
      LocalDateTime start, LocalDateTime end, Days days, String interval) {
    LocalDateTime now = LocalDateTime.ofInstant(NOW, ZoneOffset.UTC);
    LocalDateTime first = FIRST_DAY.atStartOfDay();
    return !isStart(start, interval)
        || end.isAfter(days.end())
        || (!start.isAfter(now) && end.isAfter(now))
        || (start.isBefore(first) && end.isAfter(first));
  }

  private static boolean isStart(LocalDateTime time, String interval) {
    boolean midnight = time.getHour() == 0 && time.getMinute() == 0;
    return switch (interval) {
      case "minute" -> true;
      case "hour" -> time.getMinute() == 0;
      case "date" -> midnight;
      case "week" -> midnight && time.getDayOfWeek() == DayOfWeek.MONDAY;
      default -> midnight && time.getDayOfMonth() == 1;
    };
  }

  private static String breakdown(
      String site, Days days, @Nullable Days before, String property, String metrics) {
    Map<String, List<View>> now = byValue(views(site, days), property);
    Map<String, List<View>> then =
        before == null ? Map.of() : byValue(views(site, before), property);
    List<String> values = new ArrayList<>(now.keySet());
    values.sort(
        Comparator.comparingInt((String value) -> -Sums.of(now.get(value)).visitors())
            .thenComparingInt(value -> -now.get(value).size()));
    ObjectNode json = JSON.createObjectNode();
    ArrayNode results = json.putArray("results");
    for (String value : values) {
      Sums sums = Sums.of(now.get(value));
      String label = value.isEmpty() ? LABELS_OF_NOTHING.get(property) : value;
      ObjectNode result = results.addObject();
      result.put(property.substring(property.indexOf(':') + 1), label);
      for (String metric : metrics.split(",", -1)) {
        result.put(metric, sums.value(metric));
      }
      if (before != null) {
        Sums sumsThen = Sums.of(then.getOrDefault(value, List.of()));
        result.put("change", sums.change(sumsThen, "visitors"));
      }
    }
    json.put("total", values.size());
    compared(json, before);
    return json.toString();
  }

  private static Map<String, List<View>> byValue(List<View> views, String property) {
    Map<String, List<View>> byValue = new TreeMap<>();
    for (View view : views) {
      String value = value(view, property);
      if (!value.isEmpty() || !property.contains("utm_")) {
        byValue.computeIfAbsent(value, any -> new ArrayList<>()).add(view);
      }
    }
    return byValue;
  }

  private static String value(View view, String property) {
    Visit visit = view.visit();
    List<String> campaign = CAMPAIGNS.get(visit == null ? "" : visit.first().campaign());
    String referrer = visit == null ? "" : visit.first().referrer();
    List<String> person = PEOPLE.get(view.person());
    return switch (property) {
      case "event:page" -> view.page();
      case "visit:entry_page" -> visit == null ? "" : visit.first().page();
      case "visit:exit_page" -> visit == null ? "" : visit.last().page();
      case "visit:source" -> campaign.get(0).isEmpty() ? SOURCES.get(referrer) : campaign.get(0);
      case "visit:channel" ->
          switch (campaign.get(0).isEmpty() ? SOURCES.get(referrer) : campaign.get(0)) {
            case "" -> "Direct";
            case "Google" -> "Organic Search";
            case "X" -> "Organic Social";
            case "ads" -> "Paid Other";
            default -> "Referral";
          };
      case "visit:referrer" -> referrer;
      case "visit:utm_source" -> campaign.get(0);
      case "visit:utm_medium" -> campaign.get(1);
      case "visit:utm_campaign" -> campaign.get(2);
      case "visit:utm_term" -> campaign.get(3);
      case "visit:utm_content" -> campaign.get(4);
      case "visit:country" -> person.get(0);
      case "visit:browser" -> person.get(1);
      case "visit:os" -> person.get(2);
      default -> person.get(3);
    };
  }

  private static List<View> views(String site, Days days) {
    List<View> views = new ArrayList<>();
    for (View view : ALL) {
      if (view.site().equals(site)
          && !view.at().isBefore(days.from().atStartOfDay())
          && view.at().isBefore(days.end())) {
        views.add(view);
      }
    }
    return views;
  }

  /**
   * A requested period.
   *
   * @param end exclusive end
   */
  private record Days(LocalDate from, LocalDateTime end) {
    static Days of(LocalDate from, LocalDate to) {
      return new Days(from, to.plusDays(1).atStartOfDay());
    }

    static Days of(String[] line) {
      return of(LocalDate.parse(line[1]), LocalDate.parse(line[2]));
    }

    static Days before(String[] line) {
      return new Days(LocalDate.parse(line[3]), LocalDateTime.parse(line[4]));
    }

    Days yearBefore() {
      LocalDateTime now = LocalDateTime.ofInstant(NOW, ZoneOffset.UTC);
      LocalDateTime over = end.isAfter(now) ? now : end;
      return new Days(from.minusYears(1), over.minusYears(1));
    }
  }

  /** A line of the list, with its visit. */
  private static final class View {
    private final String[] line;
    private final LocalDateTime at;
    private @Nullable Visit visit;

    View(String... line) {
      this.line = line;
      this.at = LocalDateTime.parse(line[0]);
    }

    LocalDateTime at() {
      return at;
    }

    String site() {
      return line[1];
    }

    String page() {
      return line[2];
    }

    String visitor() {
      return line[3];
    }

    String referrer() {
      return line[4];
    }

    String campaign() {
      return line[5];
    }

    String person() {
      return line[6];
    }

    @Nullable Visit visit() {
      return visit;
    }

    String visitorOfDay() {
      return at.toLocalDate() + " " + visitor();
    }

    Row row(long sequence) {
      List<String> campaign = CAMPAIGNS.get(campaign());
      List<String> person = PEOPLE.get(person());
      return new Row(
          PageId.ofKey(site().equals("default") ? page() : site() + page()),
          1,
          sequence,
          at.toEpochSecond(ZoneOffset.UTC),
          new Facts(
              !referrer().isEmpty(),
              referrer(),
              new Campaign(
                  campaign.get(0),
                  campaign.get(1),
                  campaign.get(2),
                  campaign.get(3),
                  campaign.get(4)),
              person.get(0),
              person.get(1),
              person.get(2),
              person.get(3)),
          visitor());
    }
  }

  /** A visit of one visitor; no two visits are equal. */
  private static final class Visit {
    private final List<View> views = new ArrayList<>();

    View first() {
      return views.get(0);
    }

    View last() {
      return views.get(views.size() - 1);
    }

    long seconds() {
      return ChronoUnit.SECONDS.between(first().at(), last().at());
    }
  }

  /** Some views and the visits that are counted with them. */
  private record Sums(List<View> views, Collection<Visit> visits) {
    static Sums of(List<View> views) {
      Set<Visit> visits = new HashSet<>();
      for (View view : views) {
        if (view.visit() != null) {
          visits.add(view.visit());
        }
      }
      return new Sums(views, visits);
    }

    int visitors() {
      Set<String> visitors = new HashSet<>();
      for (View view : views) {
        if (!view.visitor().isEmpty()) {
          visitors.add(view.visitorOfDay());
        }
      }
      return visitors.size();
    }

    BigDecimal value(String metric) {
      long bounces = 0;
      long seconds = 0;
      for (Visit visit : visits) {
        bounces += visit.views.size() == 1 ? 1 : 0;
        seconds += visit.seconds();
      }
      return switch (metric) {
        case "visitors" -> BigDecimal.valueOf(visitors());
        case "visits" -> BigDecimal.valueOf(visits.size());
        case "pageviews" -> BigDecimal.valueOf(views.size());
        case "views_per_visit" -> ratio(views.size(), visits.size(), 2);
        case "bounce_rate" -> ratio(100 * bounces, visits.size(), 0);
        default -> ratio(seconds, visits.size(), 0);
      };
    }

    /** Percent; percentage points for bounce rate. */
    @Nullable Integer change(Sums before, String metric) {
      BigDecimal now = value(metric);
      BigDecimal then = before.value(metric);
      if (metric.equals("bounce_rate")) {
        return before.visits.isEmpty() ? null : now.subtract(then).intValueExact();
      }
      return then.signum() == 0
          ? null
          : BigDecimal.valueOf(100)
              .multiply(now.subtract(then))
              .divide(then, 0, RoundingMode.HALF_UP)
              .intValueExact();
    }

    private static BigDecimal ratio(long part, long whole, int decimals) {
      if (whole == 0) {
        return BigDecimal.ZERO;
      }
      BigDecimal ratio =
          BigDecimal.valueOf(part)
              .divide(BigDecimal.valueOf(whole), decimals, RoundingMode.HALF_UP);
      return new BigDecimal(ratio.stripTrailingZeros().toPlainString());
    }
  }

  private static List<View> views() {
    List<View> views = new ArrayList<>();
    for (String[] line : table(VIEWS)) {
      views.add(new View(line));
    }
    // 23 of 40 visits bounce: 57.5 percent
    for (int i = 0; i < 40; i++) {
      for (int second = 0; second <= (i < 23 ? 0 : 1); second++) {
        String at = String.format(Locale.ROOT, "2026-11-20T10:%02d:0%d", i, second);
        views.add(new View(at, "halves.example", "/", "v" + i, "", "", "german"));
      }
    }
    views.sort(Comparator.comparing(View::at));
    for (int i = 0; i < views.size(); i++) {
      View view = views.get(i);
      if (view.visitor().isEmpty()) {
        continue;
      }
      for (int j = i - 1; j >= 0 && view.visit == null; j--) {
        View earlier = views.get(j);
        if (earlier.site().equals(view.site())
            && earlier.visitorOfDay().equals(view.visitorOfDay())
            && ChronoUnit.SECONDS.between(earlier.at(), view.at()) <= 1800) {
          if (comesFromElsewhere(view, requireNonNull(earlier.visit).first())) {
            break;
          }
          view.visit = earlier.visit;
        }
      }
      if (view.visit == null) {
        view.visit = new Visit();
      }
      view.visit.views.add(view);
    }
    return views;
  }

  private static boolean comesFromElsewhere(View view, View first) {
    if (view.referrer().isEmpty()) {
      return false;
    }
    return view.campaign().isEmpty()
        ? !SOURCES.get(view.referrer()).equals(SOURCES.get(first.referrer()))
        : !view.campaign().equals(first.campaign());
  }

  /** Endpoints on a history whose views come day by day, with the nightly work in between. */
  private static Map<String, Endpoint> endpoints() {
    HistoryTable table = InMemoryHistory.table();
    long sequence = 0;
    for (LocalDate day = FIRST_DAY; !day.isAfter(TODAY); day = day.plusDays(1)) {
      Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
      table.compaction().run(noon.minus(11, ChronoUnit.HOURS), () -> false);
      List<Row> rows = new ArrayList<>();
      for (View view : ALL) {
        if (view.at().toLocalDate().equals(day)) {
          sequence++;
          rows.add(view.row(sequence));
        }
      }
      assertThat(table.chunks().store(rows, noon).unstored()).isEmpty();
    }
    return StatisticsApi.endpoints(
        StatisticsAccess.of(true, "", ""),
        "",
        PageRules.NONE,
        new InMemoryCounters(),
        table,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static List<String[]> table(String text) {
    return text.lines().map(line -> line.strip().split(" *\\| *", -1)).toList();
  }
}
