package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Breakdown;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Online;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.page.PageRules;
import com.visitorcount.read.statistics.StatisticsEndpoint.Answer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The paths of the statistics API and their answers. */
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

  /** One of the methods below. */
  @FunctionalInterface
  private interface Asked {
    Answer answer(StatisticsApi api, QueryParameters query, String site);
  }

  /**
   * The endpoints by their paths.
   *
   * @param incrementUrl where views are counted; empty: not known
   * @param pages settings for page ids
   */
  public static Map<String, Endpoint> endpoints(
      StatisticsAccess access,
      String incrementUrl,
      PageRules pages,
      Counters counters,
      HistoryTable table,
      Clock clock) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    Map<String, Asked> questions =
        Map.of(
            "aggregate", StatisticsApi::aggregate,
            "timeseries", StatisticsApi::timeseries,
            "breakdown", StatisticsApi::breakdown,
            "realtime", StatisticsApi::online,
            "realtime/visitors", StatisticsApi::onlineVisitors);
    questions.forEach(
        (name, question) ->
            endpoints.put(
                PATH + name,
                new StatisticsEndpoint(
                    name,
                    access,
                    pages.aliases(),
                    !name.startsWith("realtime"),
                    (query, site, unreadable) -> {
                      Statistics statistics =
                          new Statistics(table.history(clock, unreadable), clock);
                      return question.answer(new StatisticsApi(statistics, clock), query, site);
                    })));
    endpoints.put(
        SitesEndpoint.PATH,
        new SitesEndpoint(
            access, pages.aliases(), incrementUrl, table.history(clock, new UnreadableItems())));
    endpoints.put(
        ShareEndpoint.PATH, new ShareEndpoint(access, pages.aliases(), table.shareGenerations()));
    endpoints.put(
        SitesOverviewEndpoint.PATH,
        new SitesOverviewEndpoint(access, pages.aliases(), table, clock));
    endpoints.put(
        VerifyEndpoint.PATH,
        new VerifyEndpoint(access, pages, counters, table.consistencyCheck(clock)));
    return endpoints;
  }

  private Answer aggregate(QueryParameters query, String site) {
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    Question questionBefore = asked.before();
    boolean conversions = asked.asksForConversions(false);
    Measured now = measured(asked.question(), conversions);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode results = json.putObject("results");
    Csv csv = new Csv();
    csv.line(List.of("metric", "value"));
    for (Measure measure : asked.measures()) {
      results.putObject(measure.key()).put("value", measure.value(now));
      csv.line(List.of(measure.key(), measure.value(now)));
    }
    if (questionBefore != null) {
      DataSince since = dataSince(questionBefore);
      Measured before =
          since.isAfter(questionBefore) ? null : measured(questionBefore, conversions);
      for (Measure measure : asked.measures()) {
        results
            .withObjectProperty(measure.key())
            .put("change", before == null ? null : measure.change(now, before))
            .put("comparison_value", before == null ? null : measure.value(before));
      }
      writeComparison(json, questionBefore, since);
    }
    return new Answer(json, csv, maxAgeSeconds(asked.question()));
  }

  private Measured measured(Question question, boolean conversions) {
    Totals totals = statistics.aggregate(question);
    return conversions
        ? new Measured(totals, statistics.aggregate(StatisticsRequest.everyone(question)))
        : Measured.of(totals);
  }

  private DataSince dataSince(Question question) {
    return DataSince.of(statistics.firstDay(question.site()), question.zone());
  }

  /** Writes which days were compared, and whether there was data for all of them. */
  private static void writeComparison(ObjectNode json, Question before, DataSince since) {
    LocalDate lastDay = before.end().minusMillis(1).atZone(before.zone()).toLocalDate();
    ObjectNode comparison =
        json.putObject("comparison")
            .put("from", before.from().toString())
            .put("to", lastDay.toString());
    if (before.until().equals(before.end())) {
      comparison.put("until", before.end().toString());
    }
    since.writeTo(comparison, before);
  }

  private Answer timeseries(QueryParameters query, String site) {
    StatisticsRequest asked = StatisticsRequest.parse(query, site, statistics, clock);
    Question question = asked.question();
    Question questionBefore = asked.before();
    Interval interval = asked.interval(query.first("interval"));
    boolean conversions = asked.asksForConversions(false);
    Series now = series(question, interval, conversions);
    DataSince since = dataSince(question);
    Series before =
        questionBefore == null || since.isAfter(questionBefore)
            ? new Series(List.of(), List.of())
            : series(questionBefore, interval, conversions);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode results = json.putArray("results");
    Csv csv = new Csv();
    csv.line(columns(List.of("date", "instant"), asked.measures(), Measure::key));
    for (int i = 0; i < now.points.size(); i++) {
      Point point = now.points.get(i);
      Measured measured = now.measured(i);
      ObjectNode result = point(results.addObject(), point, interval);
      asked.measures().forEach(measure -> result.put(measure.key(), measure.value(measured)));
      markIfPartial(result, point, interval, question, since);
      if (questionBefore != null && i < before.points.size()) {
        Measured then = before.measured(i);
        ObjectNode comparison =
            point(result.putObject("comparison"), before.points.get(i), interval);
        asked.measures().forEach(measure -> comparison.put(measure.key(), measure.value(then)));
        markIfPartial(comparison, before.points.get(i), interval, questionBefore, since);
      }
      csv.line(
          columns(
              List.of(date(point.start(), interval), point.start().toInstant().toString()),
              asked.measures(),
              measure -> measure.value(measured)));
    }
    since.writeTo(json, question);
    if (questionBefore != null) {
      writeComparison(json, questionBefore, since);
    }
    return new Answer(json, csv, maxAgeSeconds(question));
  }

  /**
   * @param everyone the points without conditions on events; none without a conversion rate
   */
  private record Series(List<Point> points, List<Point> everyone) {
    Measured measured(int point) {
      return new Measured(
          points.get(point).totals(),
          everyone.isEmpty() ? Totals.NONE : everyone.get(point).totals());
    }
  }

  private Series series(Question question, Interval interval, boolean conversions) {
    return new Series(
        statistics.series(question, interval),
        conversions
            ? statistics.series(StatisticsRequest.everyone(question), interval)
            : List.of());
  }

  private void markIfPartial(
      ObjectNode json, Point point, Interval interval, Question question, DataSince since) {
    if (since.cuts(point, interval, question, clock.instant())) {
      json.put("partial", true);
    }
  }

  private static ObjectNode point(ObjectNode json, Point point, Interval interval) {
    json.put("date", date(point.start(), interval));
    if (interval == Interval.HOUR || interval == Interval.MINUTE) {
      // when clocks go back, two hours have the same name
      json.put("instant", point.start().toInstant().toString());
    }
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
    List<Filter> filters = asked.question().filters();
    Set<Attribute> attributes =
        properties.stream()
            .map(property -> property.attribute(filters))
            .collect(Collectors.toSet());
    boolean conversions = asked.asksForConversions(properties.stream().allMatch(Property::isGoal));
    Question questionBefore = asked.before();
    Map<Attribute, Split> now = statistics.splits(asked.question(), attributes);
    DataSince since = questionBefore == null ? null : dataSince(questionBefore);
    Map<Attribute, Split> before =
        questionBefore == null || requireNonNull(since).isAfter(questionBefore)
            ? Map.of()
            : statistics.splits(questionBefore, attributes);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Csv csv = null;
    for (Property property : properties) {
      Attribute attribute = property.attribute(filters);
      Split split = requireNonNull(now.get(attribute));
      Split then = questionBefore == null ? null : before.getOrDefault(attribute, Split.NOTHING);
      Function<String, Totals> everyone =
          conversions ? everyone(asked.question(), property) : value -> Totals.NONE;
      Comparator<Breakdown.Entry> order =
          BreakdownOrder.of(
              query.first("order"),
              property,
              asked.measures(),
              then,
              entry -> new Measured(entry.totals(), everyone.apply(entry.value())));
      boolean withSpam = filters.stream().anyMatch(Filter::asksForSpam);
      BreakdownTable table =
          new BreakdownTable(
              property,
              asked.measures(),
              page(query, property, split.values(), withSpam, order),
              query.first("search") == null ? split.other() : Totals.NONE,
              then,
              everyone);
      ObjectNode ofProperty = properties.size() == 1 ? json : json.putObject(property.key());
      table.writeTo(ofProperty);
      if (questionBefore != null) {
        writeComparison(ofProperty, questionBefore, requireNonNull(since));
      }
      csv = properties.size() == 1 ? table.csv() : null;
    }
    return new Answer(json, csv, maxAgeSeconds(asked.question()));
  }

  /**
   * The totals of a value without conditions on events. If values are of events, any visitor might
   * have reached each.
   */
  private Function<String, Totals> everyone(Question question, Property property) {
    Question everyone = StatisticsRequest.everyone(question);
    if (property.isOfEvents()) {
      Totals all = statistics.aggregate(everyone);
      return value -> all;
    }
    Split split = statistics.split(everyone, property.dimension());
    return value -> split.values().getOrDefault(value, split.other());
  }

  private static Breakdown page(
      QueryParameters query,
      Property property,
      Map<String, Totals> split,
      boolean withSpam,
      Comparator<Breakdown.Entry> order) {
    String search = requireNonNullElse(query.first("search"), "").toLowerCase(Locale.ROOT);
    return Breakdown.of(
        split,
        value ->
            property.lists(value)
                && (withSpam || !property.dimension().isSpam(value))
                && property.label(value).toLowerCase(Locale.ROOT).contains(search),
        order,
        number(query.first("limit"), DEFAULT_LIMIT, "limit"),
        number(query.first("page"), 1, "page"));
  }

  static List<String> header(String first, List<Measure> measures) {
    return columns(List.of(first), measures, Measure::key);
  }

  static List<Object> cells(String first, List<Measure> measures, Measured measured) {
    return columns(List.of(first), measures, measure -> measure.value(measured));
  }

  static <T> List<T> columns(
      List<? extends T> first, List<Measure> measures, Function<Measure, ? extends T> column) {
    List<T> columns = new ArrayList<>(first);
    measures.forEach(measure -> columns.add(column.apply(measure)));
    return columns;
  }

  static int number(@Nullable String text, int otherwise, String parameter) {
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
          .put("visitors", Measure.VISITORS.value(Measured.of(entry.totals())));
    }
    return new Answer(json, null, ONLINE_MAX_AGE_SECONDS);
  }

  /** Closed days may still get late rows, so answers do not stay valid forever. */
  private int maxAgeSeconds(Question question) {
    LocalDate today = clock.instant().atZone(question.zone()).toLocalDate();
    return question.to().isBefore(today.minusDays(CLOSED_AFTER_DAYS))
        ? CLOSED_MAX_AGE_SECONDS
        : OPEN_MAX_AGE_SECONDS;
  }
}
