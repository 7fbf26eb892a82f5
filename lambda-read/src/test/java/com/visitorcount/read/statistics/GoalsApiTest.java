package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.net.URLEncoder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goals on a day with four visitors, with all numbers computed by hand. The same views and events
 * are used as an open day and as a closed one.
 */
final class GoalsApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  /**
   * Time, visitor, page or event, page of the event, plan; for a message about engagement, its page
   * after a tilde, seconds, percent.
   */
  private static final String ROWS =
      """
      09:00:00 | a | /
      09:00:20 | a | ~/        | 20       | 80
      09:00:29 | a | ~/        | 25       | 40
      09:00:30 | a | /pricing
      09:01:00 | a | !signup  | /pricing | pro
      09:02:00 | a | /thanks
      09:00:00 | b | /
      09:00:40 | b | !signup  | /        | free
      09:00:50 | b | !signup  | /        | pro
      10:00:00 | c | /pricing
      10:02:05 | c | ~/pricing | 125      | 50
      11:00:00 | d | !404     | /gone    |
      11:05:00 |   | !signup  |          |
      """;

  private final Map<String, Endpoint> open = endpoints(table(), NOON);
  private final Map<String, Endpoint> closed = closed();

  @Test
  void aggregate_withEvents_countsThemAndTheirVisits() throws Exception {
    // a and b have at least two rows, c one view, d one event
    is(
        "aggregate",
        "metrics=visitors,visits,pageviews,events,bounce_rate,visit_duration,views_per_visit",
        """
        {"results":{"visitors":{"value":4},"visits":{"value":4},"pageviews":{"value":5},
        "events":{"value":10},"bounce_rate":{"value":50},"visit_duration":{"value":43},
        "views_per_visit":{"value":1.25}}}""");
  }

  @Test
  void aggregate_ofAGoal_isOfThoseWhoReachedIt() throws Exception {
    is(
        "aggregate",
        "filters=event:goal==signup&metrics=visitors,visits,pageviews,events,conversion_rate,"
            + "bounce_rate,visit_duration",
        """
        {"results":{"visitors":{"value":2},"visits":{"value":2},"pageviews":{"value":0},
        "events":{"value":4},"conversion_rate":{"value":50},"bounce_rate":{"value":0},
        "visit_duration":{"value":85}}}""");
    is(
        "aggregate",
        "filters=event:goal==Visit /th*|404&metrics=visitors,events,conversion_rate",
        """
        {"results":{"visitors":{"value":2},"events":{"value":2},
        "conversion_rate":{"value":50}}}""");
    is(
        "aggregate",
        "filters=event:goal==signup;visit:entry_page==/&metrics=visitors,conversion_rate",
        """
        {"results":{"visitors":{"value":2},"conversion_rate":{"value":100}}}""");
  }

  @Test
  void timeseries_ofAGoal_hasARateForEachPoint() throws Exception {
    String series =
        get(
                closed,
                "timeseries",
                "interval=hour&filters=event:goal==signup&metrics=events,conversion_rate")
            .path("results")
            .toString();

    assertThat(series)
        .contains(
            "09:00:00\",\"instant\":\"2026-11-24T09:00:00Z\",\"events\":3,\"conversion_rate\":100}")
        .contains(
            "10:00:00\",\"instant\":\"2026-11-24T10:00:00Z\",\"events\":0,\"conversion_rate\":0}")
        .contains(
            "11:00:00\",\"instant\":\"2026-11-24T11:00:00Z\",\"events\":1,\"conversion_rate\":0}");
  }

  @Test
  void breakdown_byGoal_namesEachEvent() throws Exception {
    is(
        "breakdown",
        "property=event:goal&metrics=visitors,events,conversion_rate",
        """
        {"results":[{"goal":"signup","visitors":2,"events":4,"conversion_rate":50},
        {"goal":"404","visitors":1,"events":1,"conversion_rate":25}],"total":2}""");
    is(
        "breakdown",
        "property=event:name&metrics=visitors,events",
        """
        {"results":[{"name":"pageview","visitors":3,"events":5},
        {"name":"signup","visitors":2,"events":4},{"name":"404","visitors":1,"events":1}],
        "total":3}""");
  }

  @Test
  void breakdown_byGoal_whereAFilterAsksForPages_namesThem() throws Exception {
    is(
        "breakdown",
        "property=event:goal&filters=event:goal==Visit /thanks|signup&metrics=visitors,events",
        """
        {"results":[{"goal":"signup","visitors":2,"events":4},
        {"goal":"Visit /thanks","visitors":1,"events":1}],"total":2}""");
  }

  @Test
  void breakdown_byProperty_namesItsValues() throws Exception {
    is(
        "breakdown",
        "property=event:props:plan&filters=event:goal==signup"
            + "&metrics=visitors,events,conversion_rate",
        """
        {"results":[{"plan":"pro","visitors":2,"events":2,"conversion_rate":50},
        {"plan":"free","visitors":1,"events":1,"conversion_rate":25},
        {"plan":"(none)","visitors":0,"events":1,"conversion_rate":0}],"total":3}""");
    is(
        "aggregate",
        "filters=event:props:plan==free",
        """
        {"results":{"visitors":{"value":1}}}""");
    is(
        "aggregate",
        "filters=event:props:plan==(none);event:goal==signup&metrics=events",
        """
        {"results":{"events":{"value":1}}}""");
  }

  @Test
  void breakdown_byNamesOfProperties_saysWhichAGoalHas() throws Exception {
    is(
        "breakdown",
        "property=event:props&filters=event:goal==signup&metrics=visitors,events",
        """
        {"results":[{"props":"plan","visitors":2,"events":3},
        {"props":"(none)","visitors":0,"events":1}],"total":2}""");
  }

  @Test
  void breakdown_byOtherProperties_ofAGoal_isOfThoseWhoReachedIt() throws Exception {
    // the page is where it happened; the rate is for the visitors of the page
    is(
        "breakdown",
        "property=event:page&filters=event:goal==signup&metrics=visitors,events,conversion_rate",
        """
        {"results":[{"page":"/","visitors":1,"events":2,"conversion_rate":50},
        {"page":"/pricing","visitors":1,"events":1,"conversion_rate":50},
        {"page":"(unknown)","visitors":0,"events":1,"conversion_rate":0}],"total":3}""");
    is(
        "breakdown",
        "property=visit:country&filters=event:goal==signup&metrics=visitors,conversion_rate",
        """
        {"results":[{"country":"DE","visitors":2,"conversion_rate":50}],"total":1}""");
  }

  /** Means over the two views with engagement, using the larger numbers of the first. */
  @Test
  void engagement_isThatOfTheViewsThatHaveIt() throws Exception {
    String metrics = "metrics=pageviews,time_on_page,scroll_depth";
    String means =
        "{\"results\":{\"pageviews\":{\"value\":5},\"time_on_page\":{\"value\":75},"
            + "\"scroll_depth\":{\"value\":65}}}";
    is("aggregate", metrics, means);
    is("aggregate", metrics + "&filters=visit:country==DE", means);
    is(
        "aggregate",
        metrics + "&filters=event:goal==signup",
        """
        {"results":{"pageviews":{"value":0},"time_on_page":{"value":0},
        "scroll_depth":{"value":0}}}""");
    for (String filter : List.of("", "&filters=visit:country==DE")) {
      is(
          "breakdown",
          "property=event:page&order=time_on_page:desc&limit=2&" + metrics + filter,
          """
          {"results":[{"page":"/pricing","pageviews":2,"time_on_page":125,"scroll_depth":50},
          {"page":"/","pageviews":2,"time_on_page":25,"scroll_depth":80}],"total":5}""");
    }
  }

  @Test
  void breakdown_byEntryPage_isOfViewsAlone() throws Exception {
    is(
        "breakdown",
        "property=visit:entry_page&metrics=visitors,pageviews",
        """
        {"results":[{"entry_page":"/","visitors":2,"pageviews":4},
        {"entry_page":"(unknown)","visitors":1,"pageviews":0},
        {"entry_page":"/pricing","visitors":1,"pageviews":1}],"total":3}""");
  }

  @Test
  void breakdown_asCsv_hasConversionRates() {
    assertThat(
            text(
                closed,
                "breakdown",
                "property=event:goal&metrics=visitors,conversion_rate&format=csv"))
        .isEqualTo("goal,visitors,conversion_rate\r\nsignup,2,50\r\n404,1,25\r\n");
  }

  @Test
  void comparison_ofConversionRates_isInPercentagePoints() throws Exception {
    is(
        "aggregate",
        "filters=event:goal==404&metrics=conversion_rate&compare=previous_period&to_date=false",
        """
        {"results":{"conversion_rate":{"value":25,"change":25,"comparison_value":0}},
        "comparison":{"from":"2026-11-23","to":"2026-11-23"}}""");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "aggregate; metrics=conversion_rate; The metric conversion_rate needs a filter",
        "timeseries; metrics=conversion_rate; The metric conversion_rate needs a filter",
        "breakdown; metrics=conversion_rate&property=visit:source; The metric conversion_rate needs",
        "aggregate; filters=event:goal!=signup; Filter on a goal with ==",
        "breakdown; property=event:props:; The name of an event's property has 1 to 30 bytes.",
        "breakdown; property=event:page,event:props:page; Request properties with the same name",
        "breakdown; property=event:properties; There is no such property; there are event:page,",
        "aggregate; metrics=conversions; There is no such metric"
      })
  void anyQuestion_thatCannotBeAnswered_isRefusedWithTheReason(
      String name, String query, String detail) {
    assertThatThrownBy(() -> text(open, name, query))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().detail()).startsWith(detail));
  }

  @ParameterizedTest
  @ValueSource(strings = {"period=30d", "period=12mo"})
  void breakdown_byGoal_overLongPeriods_isTheSame(String period) throws Exception {
    assertThat(get(closed, "breakdown", "property=event:goal&" + period).path("results").toString())
        .isEqualTo("[{\"goal\":\"signup\",\"visitors\":2},{\"goal\":\"404\",\"visitors\":1}]");
    assertThat(
            get(closed, "aggregate", "filters=event:goal==signup&" + period)
                .at("/results/visitors/value")
                .asInt())
        .isEqualTo(2);
  }

  private void is(String name, String query, String expected) throws Exception {
    for (Map<String, Endpoint> endpoints : List.of(open, closed)) {
      assertThat(get(endpoints, name, query)).isEqualTo(JSON.readTree(expected));
    }
  }

  private static JsonNode get(Map<String, Endpoint> endpoints, String name, String query)
      throws Exception {
    return JSON.readTree(text(endpoints, name, query));
  }

  private static String text(Map<String, Endpoint> endpoints, String name, String query) {
    String path = "/api/v1/stats/" + name;
    String period = query.contains("period=") ? "" : "period=day&date=2026-11-24&";
    StringBuilder encoded = new StringBuilder("site_id=example.com");
    for (String parameter : (period + query).split("&", -1)) {
      String[] nameAndValue = parameter.split("=", 2);
      encoded
          .append('&')
          .append(nameAndValue[0])
          .append('=')
          .append(URLEncoder.encode(nameAndValue[1], UTF_8));
    }
    HttpRequest request =
        new HttpRequest("r", "GET", path, encoded.toString(), Map.of(), null, false, "192.0.2.1");
    return endpoints.get(path).answer(request, mock()).body();
  }

  private static Map<String, Endpoint> endpoints(HistoryTable table, Instant now) {
    return StatisticsApi.endpoints(
        StatisticsAccess.of(true, "", ""),
        "",
        PageRules.NONE,
        new InMemoryCounters(),
        table,
        Clock.fixed(now, ZoneOffset.UTC));
  }

  private static Map<String, Endpoint> closed() {
    HistoryTable table = table();
    Instant later = NOON.plusSeconds(4 * 86_400);
    table.compaction().run(later, () -> false);
    return endpoints(table, later);
  }

  private static HistoryTable table() {
    List<Row> rows = new ArrayList<>();
    rows.add(row(0, "2026-11-23", "08:00:00 | z | /".split(" *\\| *", -1)));
    for (String line : ROWS.lines().toList()) {
      rows.add(row(rows.size(), "2026-11-24", line.strip().split(" *\\| *", -1)));
    }
    HistoryTable table = InMemoryHistory.table();
    assertThat(table.chunks().store(rows, NOON).unstored()).isEmpty();
    return table;
  }

  private static Row row(int sequence, String day, String... cells) {
    if (cells[2].startsWith("~")) {
      return new Row(
          PageId.ofKey("example.com" + cells[2].substring(1)),
          1,
          sequence,
          Instant.parse(day + "T" + cells[0] + "Z").getEpochSecond(),
          Facts.NONE,
          cells[1],
          null,
          new Engagement(Integer.parseInt(cells[3]), Integer.parseInt(cells[4])));
    }
    boolean isEvent = cells[2].startsWith("!");
    Map<String, String> plan =
        cells.length > 4 && !cells[4].isEmpty() ? Map.of("plan", cells[4]) : Map.of();
    String page = cells.length > 3 && !cells[3].isEmpty() ? "example.com" + cells[3] : "";
    return new Row(
        PageId.ofKey("example.com" + cells[2]),
        1,
        sequence,
        Instant.parse(day + "T" + cells[0] + "Z").getEpochSecond(),
        new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop"),
        cells[1],
        isEvent ? new Event(page, plan) : null);
  }
}
