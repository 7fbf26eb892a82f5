package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.read.statistics.StatisticsEndpoint.Answer;
import com.visitorcount.statistics.Breakdown;
import com.visitorcount.statistics.Dimension;
import com.visitorcount.statistics.History;
import com.visitorcount.statistics.Interval;
import com.visitorcount.statistics.InvalidQuestionException;
import com.visitorcount.statistics.Online;
import com.visitorcount.statistics.Point;
import com.visitorcount.statistics.Question;
import com.visitorcount.statistics.Statistics;
import com.visitorcount.statistics.Totals;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths of the statistics API, and what is answered there. */
public final class StatisticsApi {
  private static final String PATH = "/api/v1/stats/";
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int CLOSED_MAX_AGE_SECONDS = 3_600;
  private static final int OPEN_MAX_AGE_SECONDS = 30;
  private static final int ONLINE_MAX_AGE_SECONDS = 10;
  private static final int CLOSED_AFTER_DAYS = 3;
  private static final int DEFAULT_LIMIT = 100;

  private final Statistics statistics;
  private final Clock clock;

  private StatisticsApi(Statistics statistics, Clock clock) {
    this.statistics = requireNonNull(statistics, "statistics");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The endpoints by their paths.
   *
   * @param incrementUrl where views are counted; empty: not known
   * @param keptQueryParameters query parameters that are part of a page's id
   */
  public static Map<String, Endpoint> endpoints(
      StatisticsAccess access,
      String incrementUrl,
      Set<String> keptQueryParameters,
      Counters counters,
      HistoryTable table,
      Clock clock) {
    History history = table.history(clock);
    StatisticsApi api = new StatisticsApi(new Statistics(history, clock), clock);
    Map<String, Endpoint> endpoints = new HashMap<>();
    Map<String, StatisticsEndpoint.Question> questions =
        Map.of(
            "aggregate", api::aggregate,
            "timeseries", api::timeseries,
            "breakdown", api::breakdown,
            "realtime", api::online,
            "realtime/visitors", api::onlineVisitors);
    questions.forEach(
        (name, question) ->
            endpoints.put(PATH + name, new StatisticsEndpoint(name, access, question)));
    endpoints.put(SitesEndpoint.PATH, new SitesEndpoint(access, incrementUrl, history));
    endpoints.put(
        VerifyEndpoint.PATH,
        new VerifyEndpoint(access, keptQueryParameters, counters, table.accounts(clock)));
    return endpoints;
  }

  private Answer aggregate(QueryParameters query, String site) {
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    Question questionBefore = asked.before();
    Totals now = statistics.aggregate(asked.question());
    Totals before = questionBefore == null ? null : statistics.aggregate(questionBefore);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode results = json.putObject("results");
    Csv csv = new Csv();
    csv.line(List.of("metric", "value"));
    for (Measure measure : asked.measures()) {
      ObjectNode result = results.putObject(measure.key());
      result.put("value", measure.value(now));
      if (before != null) {
        result.put("change", measure.change(now, before));
        result.put("comparison_value", measure.value(before));
      }
      csv.line(List.of(measure.key(), measure.value(now)));
    }
    return new Answer(json, csv, maxAgeSeconds(asked.question()));
  }

  private Answer timeseries(QueryParameters query, String site) {
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    Interval interval = asked.interval(query.first("interval"));
    Question questionBefore = asked.before();
    List<Point> now = statistics.series(asked.question(), interval);
    List<Point> before =
        questionBefore == null ? List.of() : statistics.series(questionBefore, interval);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode results = json.putArray("results");
    Csv csv = new Csv();
    csv.line(header("date", asked.measures()));
    for (int i = 0; i < now.size(); i++) {
      ObjectNode result = point(results.addObject(), now.get(i), interval, asked.measures());
      if (i < before.size()) {
        point(result.putObject("comparison"), before.get(i), interval, asked.measures());
      }
      csv.line(cells(date(now.get(i).start(), interval), asked.measures(), now.get(i).totals()));
    }
    return new Answer(json, csv, maxAgeSeconds(asked.question()));
  }

  private static ObjectNode point(
      ObjectNode json, Point point, Interval interval, List<Measure> measures) {
    json.put("date", date(point.start(), interval));
    if (interval == Interval.HOUR || interval == Interval.MINUTE) {
      // when clocks are put back, an hour comes twice by the same name
      json.put("instant", point.start().toInstant().toString());
    }
    measures.forEach(measure -> json.put(measure.key(), measure.value(point.totals())));
    return json;
  }

  private static String date(ZonedDateTime start, Interval interval) {
    return interval == Interval.HOUR || interval == Interval.MINUTE
        ? MINUTE.format(start)
        : start.toLocalDate().toString();
  }

  private Answer breakdown(QueryParameters query, String site) {
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    List<Property> properties = Property.list(requireNonNullElse(query.first("property"), ""));
    Set<Dimension> dimensions =
        properties.stream().map(Property::dimension).collect(Collectors.toSet());
    Question questionBefore = asked.before();
    Map<Dimension, SortedMap<String, Totals>> now = statistics.splits(asked.question(), dimensions);
    Map<Dimension, SortedMap<String, Totals>> before =
        questionBefore == null ? Map.of() : statistics.splits(questionBefore, dimensions);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Csv csv = null;
    for (Property property : properties) {
      BreakdownTable table =
          new BreakdownTable(
              property,
              asked.measures(),
              page(query, property, now.getOrDefault(property.dimension(), new TreeMap<>())),
              before.get(property.dimension()));
      if (properties.size() == 1) {
        table.writeTo(json);
        csv = table.csv();
      } else {
        table.writeTo(json.putObject(property.key()));
      }
    }
    return new Answer(json, csv, maxAgeSeconds(asked.question()));
  }

  private static Breakdown page(
      QueryParameters query, Property property, Map<String, Totals> split) {
    String search = requireNonNullElse(query.first("search"), "").toLowerCase(Locale.ROOT);
    return Breakdown.of(
        split,
        value ->
            property.lists(value)
                && property.label(value).toLowerCase(Locale.ROOT).contains(search),
        number(query.first("limit"), DEFAULT_LIMIT, "limit"),
        number(query.first("page"), 1, "page"));
  }

  static List<String> header(String first, List<Measure> measures) {
    List<String> header = new ArrayList<>(List.of(first));
    measures.forEach(measure -> header.add(measure.key()));
    return header;
  }

  static List<Object> cells(String first, List<Measure> measures, Totals totals) {
    List<Object> cells = new ArrayList<>(List.of(first));
    measures.forEach(measure -> cells.add(measure.value(totals)));
    return cells;
  }

  private static int number(@Nullable String text, int otherwise, String parameter) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new InvalidQuestionException("The parameter " + parameter + " is a whole number.");
    }
  }

  private Answer onlineVisitors(QueryParameters query, String site) {
    int visitors = statistics.online(site).visitors();
    return new Answer(IntNode.valueOf(visitors), null, ONLINE_MAX_AGE_SECONDS);
  }

  private Answer online(QueryParameters query, String site) {
    Online online = statistics.online(site);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("visitors", online.visitors());
    ArrayNode minutes = json.putArray("views_by_minute");
    online.viewsByMinute().forEach(minutes::add);
    ArrayNode pages = json.putArray("pages");
    for (Breakdown.Entry entry : online.pages()) {
      pages
          .addObject()
          .put("page", entry.value())
          .put("visitors", Measure.VISITORS.value(entry.totals()));
    }
    return new Answer(json, null, ONLINE_MAX_AGE_SECONDS);
  }

  /** What is closed may still get rows that come late, so it is not good for ever. */
  private int maxAgeSeconds(Question question) {
    LocalDate today = clock.instant().atZone(question.zone()).toLocalDate();
    return question.to().isBefore(today.minusDays(CLOSED_AFTER_DAYS))
        ? CLOSED_MAX_AGE_SECONDS
        : OPEN_MAX_AGE_SECONDS;
  }
}
