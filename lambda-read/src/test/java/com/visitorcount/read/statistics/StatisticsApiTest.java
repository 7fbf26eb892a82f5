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
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With a dozen views and all numbers computed by hand. */
final class StatisticsApiTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SECRET = "a secret";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HistoryTable history = table();
  private final Map<String, Endpoint> open = endpoints(StatisticsAccess.of(true, "", ""));

  @Test
  void aggregate_allMetrics_areReckoned() throws Exception {
    // the 24th: visitor a reads two pages in 100 s, b one, and one view is from an older version
    assertThat(
            get(
                "aggregate",
                "period=day&metrics=visitors,visits,pageviews,views_per_visit,"
                    + "bounce_rate,visit_duration"))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":2},"visits":{"value":2},"pageviews":{"value":4},
                "views_per_visit":{"value":2},"bounce_rate":{"value":50},
                "visit_duration":{"value":50}}}"""));
    // of the 23rd: visitor c reads one page, d reads two in 30 s, e one
    assertThat(
            get(
                "aggregate",
                "period=day&date=2026-11-23&metrics=visitors,visits,pageviews,views_per_visit,"
                    + "bounce_rate,visit_duration"))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":3},"visits":{"value":3},"pageviews":{"value":4},
                "views_per_visit":{"value":1.33},"bounce_rate":{"value":67},
                "visit_duration":{"value":10}}}"""));
  }

  @Test
  void aggregate_comparedWithTheDayBefore_tellsTheChange() throws Exception {
    // of the 23rd: visitor c reads one page, d reads two in 30 s, e one
    assertThat(
            get(
                "aggregate",
                "period=day&compare=previous_period&to_date=false&metrics=visitors,pageviews,"
                    + "bounce_rate,visit_duration"))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":2,"change":-33,"comparison_value":3},
                "pageviews":{"value":4,"change":0,"comparison_value":4},
                "bounce_rate":{"value":50,"change":-17,"comparison_value":67},
                "visit_duration":{"value":50,"change":400,"comparison_value":10}},
                "comparison":{"from":"2026-11-23","to":"2026-11-23"}}"""));
  }

  /** Case C17: no data before is not the same as zero. */
  @Test
  void comparison_beforeThereIsData_saysSinceWhenThereIs() throws Exception {
    String before = "compare=previous_period&timezone=America/New_York&period=";
    String comparison =
        """
        "comparison":{"from":"2026-11-16","to":"2026-11-18","until":"2026-11-18T12:00:00Z",
        "data_since":"2026-11-22"}""";

    assertThat(get("aggregate", before + "custom&date=2026-11-22,2026-11-27"))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":5,"change":null,"comparison_value":null}},%s}"""
                    .formatted(comparison)));
    assertThat(
            get(
                "breakdown",
                before + "custom&date=2026-11-22,2026-11-27&property=visit:country&limit=1"))
        .isEqualTo(
            json(
                """
                {"results":[{"country":"DE","visitors":4,"change":null}],"total":2,%s}"""
                    .formatted(comparison)));
    JsonNode series = get("timeseries", before + "7d");
    assertThat(series.get("data_since").textValue()).isEqualTo("2026-11-22");
    assertThat(series.at("/comparison/data_since").textValue()).isEqualTo("2026-11-22");
    assertThat(series.get("results")).hasSize(7).noneMatch(point -> point.has("comparison"));
    assertThat(get("aggregate", "period=day&compare=previous_period").at("/comparison"))
        .noneMatch(JsonNode::isNull)
        .hasSize(3);
    assertThat(get("aggregate", "site_id=none.example&period=day&compare=previous_period"))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":0,"change":null,"comparison_value":0}},
                "comparison":{"from":"2026-11-23","to":"2026-11-23",
                "until":"2026-11-23T12:00:00Z"}}"""));
  }

  /** Case C17. */
  @ParameterizedTest
  @CsvSource({
    // weeks from Thursday, and up to now
    "week, custom&date=2026-11-12:2026-11-24, 2026-11-12 2026-11-23",
    "week, custom&date=2026-11-09:2026-11-22, ''",
    // there is data since the 23rd
    "month, custom&date=2026-11-01:2026-11-30, 2026-11-01",
    "month, custom&date=2026-08-02:2026-10-31, 2026-08-02",
    "date, 7d, 2026-11-24",
    "date, custom&date=2026-11-25:2026-11-26, ''"
  })
  void timeseries_pointsThatAreCut_arePartial(String interval, String period, String partial)
      throws Exception {
    List<String> found = new ArrayList<>();
    get("timeseries", "interval=" + interval + "&period=" + period.replace(':', ','))
        .get("results")
        .forEach(
            point -> {
              if (point.has("partial")) {
                found.add(point.get("date").textValue());
              }
            });

    assertThat(String.join(" ", found)).isEqualTo(partial);
  }

  @Test
  void comparison_toDate_endsAtTheSameTimeOfDayAsNow() throws Exception {
    String today = "period=day&compare=previous_period&metrics=visitors,pageviews,visit_duration";

    // at noon; the 23rd until then: visitor c reads one page, d reads two in 30 s
    assertThat(get("aggregate", today))
        .isEqualTo(
            json(
                """
                {"results":{"visitors":{"value":2,"change":0,"comparison_value":2},
                "pageviews":{"value":4,"change":33,"comparison_value":3},
                "visit_duration":{"value":50,"change":233,"comparison_value":15}},
                "comparison":{"from":"2026-11-23","to":"2026-11-23",
                "until":"2026-11-23T12:00:00Z"}}"""));
    assertThat(get("aggregate", today + "&to_date=true")).isEqualTo(get("aggregate", today));
    assertThat(get("breakdown", today + "&property=visit:country").get("results"))
        .extracting(country -> country.get("change").intValue())
        .containsExactly(0);
    // in New York it is 07:00, so the comparison ends at noon UTC the day before
    assertThat(get("aggregate", today + "&timezone=America/New_York").get("results"))
        .isEqualTo(get("aggregate", today).get("results"));
    // a complete period is compared as a whole
    assertThat(
            get(
                "aggregate",
                "period=day&date=2026-11-23&compare=previous_period&to_date=true&metrics=pageviews"))
        .isEqualTo(
            get(
                "aggregate",
                "period=day&date=2026-11-23&compare=previous_period&metrics=pageviews"));
  }

  @Test
  void timeseries_days_haveAPointEach() throws Exception {
    assertThat(get("timeseries", "period=7d&metrics=visitors,pageviews").get("results"))
        .hasSize(7)
        .endsWith(
            json("{\"date\":\"2026-11-23\",\"visitors\":3,\"pageviews\":4}"),
            json("{\"date\":\"2026-11-24\",\"visitors\":2,\"pageviews\":4,\"partial\":true}"));
  }

  @Test
  void timeseries_hoursOfAZone_areNamedByItsClocks() throws Exception {
    JsonNode results =
        get("timeseries", "period=day&timezone=Asia/Kolkata&interval=hour").get("results");

    assertThat(results).hasSize(24);
    assertThat(results.get(0))
        .isEqualTo(
            json(
                """
                {"date":"2026-11-24 00:00:00","instant":"2026-11-23T18:30:00Z","visitors":1}"""));
    assertThat(results.get(15).get("date").textValue()).isEqualTo("2026-11-24 15:00:00");
    assertThat(results.get(15).get("visitors").intValue()).isEqualTo(1);
  }

  @Test
  void timeseries_hourThatComesTwice_isTwoPoints() throws Exception {
    Instant evening = Instant.parse("2026-11-01T22:00:00Z");
    List<Row> rows = new ArrayList<>();
    add(rows, "2026-11-01T03:59:59Z", "example.com/", "a", "");
    add(rows, "2026-11-01T05:30:00Z", "example.com/", "b", "");
    add(rows, "2026-11-01T06:30:00Z", "example.com/", "c", "");
    add(rows, "2026-11-01T06:40:00Z", "example.com/", "d", "");
    HistoryTable table = table(rows, evening);
    Map<String, Endpoint> endpoints =
        StatisticsApi.endpoints(
            StatisticsAccess.of(true, "", ""),
            "",
            PageRules.NONE,
            new InMemoryCounters(),
            table,
            Clock.fixed(evening, ZoneOffset.UTC));
    String question = "site_id=example.com&period=day&timezone=America/New_York&date=";

    JsonNode back =
        json(call(endpoints, "timeseries", question + "2026-11-01", Map.of()).body())
            .get("results");

    assertThat(back).hasSize(25);
    assertThat(back.get(1))
        .isEqualTo(
            json(
                """
                {"date":"2026-11-01 01:00:00","instant":"2026-11-01T05:00:00Z","visitors":1}"""));
    assertThat(back.get(2))
        .isEqualTo(
            json(
                """
                {"date":"2026-11-01 01:00:00","instant":"2026-11-01T06:00:00Z","visitors":2}"""));
    assertThat(back.get(3).get("date").textValue()).isEqualTo("2026-11-01 02:00:00");
    assertThat(back.findValues("visitors").stream().mapToInt(JsonNode::intValue).sum())
        .isEqualTo(3);

    // case C16: lines of the same name differ
    String csv = call(endpoints, "timeseries", question + "2026-11-01&format=csv", Map.of()).body();
    assertThat(csv.lines())
        .hasSize(26)
        .contains(
            "2026-11-01 01:00:00,2026-11-01T05:00:00Z,1",
            "2026-11-01 01:00:00,2026-11-01T06:00:00Z,2");

    JsonNode forward =
        json(call(endpoints, "timeseries", question + "2026-03-08", Map.of()).body())
            .get("results");

    assertThat(forward).hasSize(23);
    assertThat(forward.get(2).get("date").textValue()).isEqualTo("2026-03-08 03:00:00");
  }

  @Test
  void timeseries_compared_hasThePointBeforeBesideEach() throws Exception {
    JsonNode results = get("timeseries", "period=day&interval=date&compare=previous_period");

    assertThat(results)
        .isEqualTo(
            json(
                """
                {"results":[{"date":"2026-11-24","visitors":2,"partial":true,
                "comparison":{"date":"2026-11-23","visitors":2,"partial":true}}],
                "comparison":{"from":"2026-11-23","to":"2026-11-23",
                "until":"2026-11-23T12:00:00Z"}}"""));
    assertThat(
            get("timeseries", "period=day&interval=date&compare=previous_period&to_date=false")
                .at("/results/0/comparison"))
        .isEqualTo(json("{\"date\":\"2026-11-23\",\"visitors\":3}"));
  }

  @Test
  void breakdown_pages_areSortedAndPaged() throws Exception {
    assertThat(get("breakdown", "period=7d&property=event:page&metrics=visitors,pageviews&limit=2"))
        .isEqualTo(
            json(
                """
                {"results":[{"page":"/","visitors":4,"pageviews":4},
                {"page":"/blog","visitors":2,"pageviews":3}],"total":3}"""));
    assertThat(get("breakdown", "period=7d&property=event:page&limit=2&page=2"))
        .isEqualTo(json("{\"results\":[{\"page\":\"/=1+1\",\"visitors\":1}],\"total\":3}"));
    assertThat(get("breakdown", "period=7d&property=event:page&search=BLO"))
        .isEqualTo(json("{\"results\":[{\"page\":\"/blog\",\"visitors\":2}],\"total\":1}"));
  }

  /** Case C18: values that are not named have a line of their own, and all lines add up. */
  @Test
  void breakdown_ofMoreValuesThanAreNamed_sumsTheOthers() throws Exception {
    int many = Statistics.MAX_VALUES + 3;
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      add(rows, "2026-11-22T10:00:00Z", "example.com/p" + i, "v" + i, "");
      add(rows, "2026-11-22T10:00:00Z", "example.com/p" + i % 3, "v" + i, "");
    }
    HistoryTable table = table(rows, Instant.parse("2026-11-22T11:00:00Z"));
    table.compaction().run(NOW, () -> false);
    Map<String, Endpoint> endpoints = endpoints(table);
    String question =
        "site_id=example.com&period=day&date=2026-11-22&property=event:page"
            + "&metrics=visitors,visits,pageviews&limit=3&page=";

    JsonNode first = json(call(endpoints, "breakdown", question + 1, Map.of()).body());

    assertThat(first.get("total").intValue()).isEqualTo(Statistics.MAX_VALUES);
    assertThat(first.at("/results/0/pageviews").intValue()).isEqualTo(many / 3 + 2);
    assertThat(first.get("other"))
        .isEqualTo(
            json(
                """
                {"page":"(other)","visitors":3,"visits":3,"pageviews":3}"""));
    String rest = call(endpoints, "breakdown", question + "33334&format=csv", Map.of()).body();
    assertThat(rest.lines()).hasSize(3).last().isEqualTo("(other),3,3,3");
    assertThat(call(endpoints, "breakdown", question + "1&format=csv", Map.of()).body())
        .doesNotContain("(other)");
    assertThat(
            json(call(endpoints, "breakdown", question + "1&search=p1", Map.of()).body())
                .has("other"))
        .isFalse();
  }

  /** The endpoint itself refuses what Lambda would refuse, and stops writing at that point. */
  @Test
  void breakdown_ofTenPropertiesWithAThousandOddValues_is400OrCompressed() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String odd = "\"".repeat(140) + i;
      Facts facts =
          new Facts(true, odd, new Campaign(odd, odd, odd, odd, odd), "DE", odd, odd, "Laptop");
      PageId page = PageId.ofKey("example.com/" + odd);
      rows.add(new Row(page, 1, i + 1L, NOW.getEpochSecond() - i, facts, "v" + i));
    }
    Map<String, Endpoint> endpoints = endpoints(table(rows, NOW));
    String question =
        "site_id=example.com&period=day&limit=1000"
            + "&metrics=visitors,visits,pageviews,bounce_rate,visit_duration&property="
            + "event:page,visit:entry_page,visit:exit_page,visit:source,visit:utm_source,"
            + "visit:utm_medium,visit:utm_campaign,visit:utm_content,visit:utm_term,visit:browser";

    assertThatThrownBy(() -> call(endpoints, "breakdown", question, Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.ANSWER_TOO_LARGE));
    Map<String, String> gzip = Map.of("accept-encoding", "gzip");
    assertThat(call(endpoints, "breakdown", question, gzip).status()).isEqualTo(200);
  }

  @Test
  void breakdown_ofSeveralProperties_hasEachUnderItsName() throws Exception {
    String question = "period=7d&limit=2&metrics=visitors,pageviews&compare=previous_period";
    JsonNode both = get("breakdown", question + "&property=event:page,visit:country");

    assertThat(both).hasSize(2);
    assertThat(both.get("page")).isEqualTo(get("breakdown", question + "&property=event:page"));
    assertThat(both.get("country"))
        .isEqualTo(get("breakdown", question + "&property=visit:country"));
  }

  @Test
  void breakdown_sources_areThoseOfTheVisitAndCompared() throws Exception {
    assertThat(get("breakdown", "period=day&property=visit:source&compare=previous_period"))
        .isEqualTo(
            json(
                """
                {"results":[{"source":"Direct / None","visitors":1,"change":0},
                {"source":"news.example","visitors":1,"change":null}],"total":2,
                "comparison":{"from":"2026-11-23","to":"2026-11-23",
                "until":"2026-11-23T12:00:00Z"}}"""));
    assertThat(get("breakdown", "period=7d&property=visit:utm_source&metrics=pageviews"))
        .isEqualTo(json("{\"results\":[{\"utm_source\":\"letter\",\"pageviews\":1}],\"total\":1}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "event:page > / 4, /blog 2, /=1+1 1",
        "visit:entry_page > / 4, /=1+1 1, (unknown) 0",
        "visit:exit_page > /blog 2, / 2, /=1+1 1, (unknown) 0",
        "visit:source > Direct / None 2, news.example 1, search.example 1, letter 1",
        "visit:referrer > Direct / None 3, news.example 1, search.example 1",
        "visit:utm_source > letter 1",
        "visit:utm_medium > mail 1",
        "visit:utm_campaign > autumn 1",
        "visit:utm_term > shoes 1",
        "visit:utm_content > top 1",
        "visit:country > DE 4, US 1",
        "visit:browser > Firefox 4, =cmd|\" /C calc\" 1",
        "visit:os > Linux 5",
        "visit:device > Laptop 5"
      })
  void breakdown_eachProperty_isUnderItsLastName(String property, String values) throws Exception {
    String key = property.substring(property.indexOf(':') + 1);
    List<String> found = new ArrayList<>();
    get("breakdown", "period=7d&property=" + property)
        .get("results")
        .forEach(row -> found.add(row.get(key).textValue() + " " + row.get("visitors")));

    assertThat(String.join(", ", found)).isEqualTo(values);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "event:page==/ 4",
        "event:page==/b* 2",
        "event:page!=/ 3",
        "event:page==/|/blog 4",
        "visit:source==news.example 1",
        "visit:source==Direct%20/%20None 2",
        "visit:country==DE;visit:browser==Firefox 4",
        "visit:country!=DE 1",
        "visit:source~NEWS 1",
        "visit:source~news|search 2",
        "visit:source!~news;visit:source!~search 3",
        "event:page~BLOG 2",
        "event:page~/* 0",
        "event:page~%5C;|%3D1 1",
        "visit:browser~cmd%5C%7C 1",
        "visit:source~a==b 0",
        "visit:country==Unknown 0",
        "event:page==/a%5C;b%5C%7Cc 0",
        "event:page==/=1%2B1 1",
        "event:page==/%5C*1%2B1 0",
        "visit:browser===cmd%5C%7C%22%20/C%20calc%22 1"
      })
  void aggregate_filters_areAllTrue(String filters, int visitors) throws Exception {
    assertThat(
            get("aggregate", "period=7d&filters=" + filters)
                .at("/results/visitors/value")
                .intValue())
        .isEqualTo(visitors);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "period=day 2",
        "period=day&date=2026-11-23 3",
        "period=7d 5",
        "period=28d 5",
        "period=30d 5",
        "period=90d 5",
        "period=91d 5",
        "period=month 5",
        "period=6mo 5",
        "period=12mo&date=2026-10-01 0",
        "period=year 5",
        "period=all 5",
        "period=custom&date=2026-11-01,2026-11-23 3",
        "x=1 5",
        "period=day&timezone=Pacific/Kiritimati 1",
        "site_id=other.example 0"
      })
  void aggregate_period_isThatOfItsName(String query, int visitors) throws Exception {
    assertThat(get("aggregate", query).at("/results/visitors/value").intValue())
        .isEqualTo(visitors);
  }

  @Test
  void csv_tables_areSafeToOpen() {
    HttpResponse pages =
        answer("breakdown", "period=7d&property=event:page&metrics=visitors,pageviews&format=csv");

    assertThat(pages.headers())
        .containsEntry("content-type", "text/csv; charset=utf-8")
        .containsEntry("content-disposition", "attachment; filename=\"breakdown.csv\"");
    assertThat(pages.body())
        .isEqualTo("page,visitors,pageviews\r\n/,4,4\r\n/blog,2,3\r\n/=1+1,1,1\r\n");
    assertThat(answer("breakdown", "period=7d&property=visit:browser&format=csv").body())
        .isEqualTo("browser,visitors\r\nFirefox,4\r\n\"'=cmd|\"\" /C calc\"\"\",1\r\n");
    assertThat(answer("timeseries", "period=day&interval=date&format=csv").body())
        .isEqualTo("date,instant,visitors\r\n2026-11-24,2026-11-24T00:00:00Z,2\r\n");
    assertThat(answer("aggregate", "period=day&format=csv&bom=true").body())
        .isEqualTo("\uFEFFmetric,value\r\nvisitors,2\r\n");
    assertThat(answer("aggregate", "period=day&format=csv").body())
        .isEqualTo("metric,value\r\nvisitors,2\r\n");
  }

  @Test
  void realtime_isOfTheLastMinutes() throws Exception {
    assertThat(answer("realtime/visitors", "").body()).isEqualTo("1");
    JsonNode online = get("realtime", "");
    assertThat(online.get("visitors").intValue()).isOne();
    assertThat(online.get("views_by_minute")).hasSize(30);
    assertThat(online.get("pages")).isEqualTo(json("[{\"page\":\"/\",\"visitors\":1}]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "period=fortnight 12mo",
        "metrics=hits visit_duration",
        "timezone=Mars/Olympus utc_offset",
        "date=24.11.2026 2026-11-24",
        "period=custom&date=2026-11-24 two",
        "filters=page visit:country",
        "filters=visit:shoe==a visit:country",
        "compare=rival year_over_year",
        "to_date=now true",
        "interval=decade month",
        "property=shoe event:page",
        "limit=many whole",
        "limit=1001 1000",
        "page=0 first",
        "format=xml csv",
        "period=custom&date=2000-01-01,2026-01-01 1830",
        "interval=minute&period=7d 1500",
        "site_id=a/b host",
        "site_id=example.com%23 host",
        "site_id=example.com%3Fa host",
        "period=7d&date=-999999999-01-01 2026-11-24",
        "period=6mo&date=-999999999-01-01 2026-11-24",
        "period=7d&date=%2B999999999-12-31 2026-11-24",
        "period=day&date=0000-01-01 1990",
        "period=day&date=9999-12-31 9998",
        "compare=year_over_year&period=year&date=1990-06-01 1990"
      })
  void anything_wrongParameter_is400AndSaysWhatIsRight(String query, String word) {
    String all = query + (query.contains("property") ? "" : "&property=event:page");
    String name = query.contains("interval") ? "timeseries" : "breakdown";
    assertThatThrownBy(() -> answer(name, all))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY);
              assertThat(e.problem().detail()).contains(word);
            });
  }

  /** Every query gets an answer, or a problem that is the client's. */
  @Test
  void anything_randomQueries_areAnsweredOrRefused() {
    Random random = new Random(1);
    List<String> paths = open.keySet().stream().sorted().toList();
    String[] keys = {
      "site_id",
      "period",
      "date",
      "metrics",
      "filters",
      "property",
      "interval",
      "limit",
      "page",
      "compare",
      "to_date",
      "timezone",
      "utc_offset",
      "search",
      "format",
      "share"
    };
    String[] parts = {
      "example.com",
      "day",
      "7d",
      "custom",
      "2026-11-24",
      ",",
      "visitors",
      "event:page",
      "==",
      "!=",
      "|",
      ";",
      "**",
      "%5C",
      "%00",
      "%",
      "UTC",
      "Europe/Berlin",
      "csv",
      "-1",
      "99999999999",
      "date",
      "%F0%9F%98%80",
      "visit:country",
      "previous_period",
      "+999999999-12-31",
      "-999999999-01-01",
      "all",
      "12mo",
      "year_over_year",
      "%23",
      "?",
      "a".repeat(600)
    };
    int answered = 0;
    for (int i = 0; i < 5_000; i++) {
      StringBuilder query = new StringBuilder(random.nextInt(4) > 0 ? "site_id=example.com" : "");
      for (int parameters = random.nextInt(6); parameters > 0; parameters--) {
        query.append('&').append(keys[random.nextInt(keys.length)]).append('=');
        for (int length = random.nextInt(5); length > 0; length--) {
          query.append(parts[random.nextInt(parts.length)]);
        }
      }
      String path = paths.get(random.nextInt(paths.size()));
      try {
        assertThat(call(open.get(path), path, query.toString(), Map.of()).status()).isEqualTo(200);
        answered++;
      } catch (ProblemException e) {
        assertThat(e.problem().type())
            .as(query.toString())
            .isEqualTo(
                path.equals(ShareEndpoint.PATH)
                    ? ProblemType.UNAUTHORIZED
                    : ProblemType.INVALID_QUERY);
      } catch (InvalidPageException e) {
        assertThat(path).as(query.toString()).isEqualTo(VerifyEndpoint.PATH);
      }
    }
    assertThat(answered).isBetween(500, 4_500);
  }

  @Test
  void answers_sayHowLongTheyAreGood() {
    HttpResponse today = answer("aggregate", "period=day");
    HttpResponse past = answer("aggregate", "period=day&date=2026-11-01");
    String tag = past.headers().get("etag");

    assertThat(today.headers()).containsEntry("cache-control", "public, max-age=30");
    assertThat(past.headers()).containsEntry("cache-control", "public, max-age=3600");
    assertThat(
            call(
                    open,
                    "aggregate",
                    "site_id=example.com&period=day&date=2026-11-01",
                    Map.of("if-none-match", tag))
                .status())
        .isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/stats/aggregate",
        "/api/v1/stats/timeseries",
        "/api/v1/stats/breakdown",
        "/api/v1/stats/realtime",
        "/api/v1/stats/realtime/visitors",
        "/api/v1/sites"
      })
  void answers_knownAlready_areNotSentAgain(String path) {
    String query = "site_id=example.com&property=event:page";
    HttpResponse first = call(open.get(path), path, query, Map.of());

    HttpResponse again =
        call(open.get(path), path, query, Map.of("if-none-match", first.headers().get("etag")));

    assertThat(first.headers().get("cache-control")).doesNotContain("no-store");
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "visitors:desc, /:2 /blog:1",
    "visitors:asc, /blog:1 /:2",
    "value:desc, /blog:1 /:2",
    "value:asc, /:2 /blog:1",
    "pageviews:desc, /:2 /blog:1"
  })
  void breakdown_ordered_beginsWithTheFirstOfThatOrder(String order, String expected)
      throws Exception {
    JsonNode results =
        get(
                "breakdown",
                "property=event:page&period=day&compare=previous_period&to_date=false"
                    + "&metrics=visitors,pageviews&order="
                    + order)
            .get("results");

    assertThat(results)
        .extracting(row -> row.get("page").textValue() + ":" + row.get("visitors").intValue())
        .containsExactly(expected.split(" ", -1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:desc", "visitors", "visitors:down", "bounce_rate:asc", "change:", ":"})
  void breakdown_orderedBySomethingElse_is400(String order) {
    assertThatThrownBy(() -> get("breakdown", "property=event:page&order=" + order))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "csv"})
  void answers_longAndToAClientThatTakesGzip_areCompressed(String format) throws Exception {
    String path = "/api/v1/stats/timeseries";
    String query = "site_id=example.com&period=30d&interval=hour&format=" + format;
    HttpResponse plain = call(open.get(path), path, query, Map.of());

    HttpResponse response =
        call(open.get(path), path, query, Map.of("accept-encoding", "gzip, deflate, br"));

    byte[] gzip = Base64.getDecoder().decode(response.body());
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)))
        .hasBinaryContent(plain.body().getBytes(UTF_8));
    assertThat(gzip).hasSizeLessThan(plain.body().length() / 8);
    assertThat(response.headers())
        .containsEntry("content-encoding", "gzip")
        .containsEntry("vary", "origin, accept-encoding")
        .containsEntry("content-type", plain.headers().get("content-type"));
    assertThat(response.headers().get("etag")).isNotEqualTo(plain.headers().get("etag"));
    assertThat(plain.headers())
        .containsEntry("vary", "origin, accept-encoding")
        .doesNotContainKey("content-encoding");
  }

  @Test
  void answers_takeATokenOrTheKeyOfTheSite() {
    String sha256 = "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";
    StatisticsAccess access = StatisticsAccess.of(false, sha256, SECRET);
    Map<String, Endpoint> closed = endpoints(access);
    String key = access.shareKey("example.com", "");

    assertUnauthorized(closed, "aggregate", "site_id=example.com");
    assertUnauthorized(closed, "aggregate", "site_id=example.com&share=");
    assertUnauthorized(closed, "aggregate", "site_id=main.example&share=" + key);
    assertUnauthorized(
        closed,
        "aggregate",
        "site_id=example.com&share="
            + StatisticsAccess.of(false, "", "another").shareKey("example.com", ""));
    assertUnauthorized(
        endpoints(StatisticsAccess.of(false, "", "")),
        "aggregate",
        "site_id=example.com&share=" + StatisticsAccess.of(false, "", " ").shareKey("x", ""));
    for (String name : List.of("aggregate", "timeseries", "realtime", "realtime/visitors")) {
      HttpResponse shared = call(closed, name, "site_id=example.com&share=" + key, Map.of());
      assertThat(shared.headers().get("cache-control")).startsWith("private");
      HttpResponse owned =
          call(closed, name, "site_id=example.com", Map.of("authorization", "Bearer opensesame"));
      assertThat(owned.body()).isEqualTo(shared.body());
    }
    Endpoint verify = closed.get(VerifyEndpoint.PATH);
    assertThatThrownBy(
            () -> call(verify, VerifyEndpoint.PATH, "page=example.com/&share=" + key, Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  @Test
  void sites_areAllForTheOwnerAndOneWithItsKey() throws Exception {
    StatisticsAccess access =
        StatisticsAccess.of(
            false, "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88", SECRET);
    Endpoint sites = endpoints(access).get("/api/v1/sites");
    Endpoint all = open.get("/api/v1/sites");

    assertThat(json(call(all, "/api/v1/sites", "", Map.of()).body()))
        .isEqualTo(
            json("{\"sites\":[{\"site_id\":\"example.com\"},{\"site_id\":\"two.example\"}]}"));
    assertThat(
            json(
                call(
                        sites,
                        "/api/v1/sites",
                        "share=" + access.shareKey("two.example", ""),
                        Map.of())
                    .body()))
        .isEqualTo(json("{\"sites\":[{\"site_id\":\"two.example\"}]}"));
    for (HttpResponse despiteAWrongKey :
        List.of(
            call(all, "/api/v1/sites", "share=x", Map.of()),
            call(
                sites, "/api/v1/sites", "share=x", Map.of("authorization", "Bearer opensesame")))) {
      assertThat(json(despiteAWrongKey.body()).get("sites")).hasSize(2);
    }
    assertThatThrownBy(() -> call(sites, "/api/v1/sites", "share=x", Map.of()))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> call(sites, "/api/v1/sites", "", Map.of()))
        .isInstanceOf(ProblemException.class);
  }

  /** Links of one site are revoked, those of another stay valid. */
  @Test
  void share_takenBack_isNoKeyAnyLonger_andThoseOfOtherSitesAre() throws Exception {
    String token = "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";
    Map<String, String> owner = Map.of("authorization", "Bearer opensesame");
    Map<String, Endpoint> endpoints =
        endpoints(StatisticsAccess.of(false, token, SECRET).with(history.shareGenerations()));
    Endpoint share = endpoints.get("/api/v1/sites/share");
    String one = "site_id=example.com&share=" + key(share, "GET", "example.com", owner);
    String other = "site_id=two.example&share=" + key(share, "GET", "two.example", owner);
    // made before keys had generations
    assertThat(one).endsWith(StatisticsAccess.of(false, "", SECRET).shareKey("example.com", ""));
    call(endpoints, "aggregate", one, Map.of());
    for (int round = 0; round < 2; round++) {
      String next = "site_id=example.com&share=" + key(share, "DELETE", "example.com", owner);

      assertUnauthorized(endpoints, "aggregate", one);
      call(endpoints, "aggregate", next, Map.of());
      call(endpoints, "aggregate", other, Map.of());
      assertThat(json(call(endpoints.get("/api/v1/sites"), "/api/v1/sites", next, Map.of()).body()))
          .isEqualTo(json("{\"sites\":[{\"site_id\":\"example.com\"}]}"));
      one = next;
    }
    for (Map<String, String> nobody :
        List.of(Map.<String, String>of(), Map.of("cookie", "token=opensesame"))) {
      assertThatThrownBy(() -> key(share, "DELETE", "example.com", nobody))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
    }
    String current = one;
    String all = "share=" + current.substring(current.indexOf("share=") + 6);
    assertThat(json(call(endpoints.get("/api/v1/sites"), "/api/v1/sites", all, Map.of()).body()))
        .isEqualTo(json("{\"sites\":[{\"site_id\":\"example.com\"}]}"));
  }

  private static String key(Endpoint share, String method, String site, Map<String, String> headers)
      throws Exception {
    HttpRequest request =
        new HttpRequest(
            "r",
            method,
            "/api/v1/sites/share",
            "site_id=" + site,
            headers,
            null,
            false,
            "192.0.2.1");
    return json(share.answer(request, mock()).body()).get("share").asText();
  }

  @Test
  void share_limitedToFilters_opensWhatMatchesThemAndNothingElse() throws Exception {
    StatisticsAccess access = StatisticsAccess.of(false, "", SECRET);
    Map<String, Endpoint> endpoints = endpoints(access);
    String filters = "visit:country==US";
    String link =
        "site_id=example.com&period=7d&share="
            + access.shareKey("example.com", filters)
            + "&share_filters="
            + filters.replace("=", "%3D");
    String owned = "site_id=example.com&period=7d&filters=visit:country%3D%3DUS";

    for (String name : List.of("aggregate", "timeseries", "breakdown")) {
      String more = "&property=event:page";
      assertThat(call(endpoints, name, link + more, Map.of()).body())
          .isEqualTo(call(open, name, owned + more, Map.of()).body())
          .isNotEqualTo(call(open, name, "site_id=example.com&period=7d" + more, Map.of()).body());
    }
    JsonNode none =
        json(
            call(endpoints, "aggregate", link + "&filters=visit:country%3D%3DDE", Map.of()).body());
    assertThat(none.at("/results/visitors/value").asInt()).isZero();
    for (String other :
        List.of(
            link.replace("US", "DE"),
            link.substring(0, link.indexOf("&share_filters")),
            link.replace("example.com", "two.example"))) {
      assertUnauthorized(endpoints, "aggregate", other);
    }
    for (String whole : List.of("realtime", "realtime/visitors")) {
      assertUnauthorized(endpoints, whole, link);
    }
    assertThatThrownBy(
            () ->
                call(open, "aggregate", owned + "&share_filters=event:goal%3D%3Dsignup", Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).contains("cannot be limited to goals"));
  }

  /** An owner's task: give a client one site. */
  @Test
  void share_ofTheOwner_isTheKeyThatOpensTheSite() throws Exception {
    String token = "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";
    Map<String, String> owner = Map.of("authorization", "Bearer opensesame");
    for (boolean everyone : new boolean[] {true, false}) {
      StatisticsAccess access = StatisticsAccess.of(everyone, token, SECRET);
      Endpoint share = endpoints(access).get("/api/v1/sites/share");
      HttpResponse answer = call(share, "/api/v1/sites/share", "site_id=EXAMPLE.com", owner);

      assertThat(json(answer.body()))
          .isEqualTo(
              json(
                  "{\"site_id\":\"example.com\",\"share\":\"%s\"}"
                      .formatted(access.shareKey("example.com", ""))));
      assertThat(answer.headers()).containsEntry("cache-control", "no-store");
      for (String query : List.of("", "&share=" + access.shareKey("example.com", ""))) {
        assertThatThrownBy(
                () -> call(share, "/api/v1/sites/share", "site_id=example.com" + query, Map.of()))
            .isInstanceOfSatisfying(
                ProblemException.class,
                e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
      }
      assertThatThrownBy(() -> call(share, "/api/v1/sites/share", "site_id=a/b", owner))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY));
    }
    Endpoint none = endpoints(StatisticsAccess.of(false, token, "")).get("/api/v1/sites/share");
    assertThatThrownBy(() -> call(none, "/api/v1/sites/share", "site_id=example.com", owner))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).contains("StatisticsShareSecret"));
  }

  @Test
  void sites_keyOfASiteWithoutHistory_isThatSite() throws Exception {
    StatisticsAccess access = StatisticsAccess.of(false, "", SECRET);
    Endpoint sites = endpoints(access).get("/api/v1/sites");
    String key = "share=" + access.shareKey("new.example", "");

    assertThat(json(call(sites, "/api/v1/sites", key + "&site_id=new.example", Map.of()).body()))
        .isEqualTo(json("{\"sites\":[{\"site_id\":\"new.example\"}]}"));
    for (String wrong : List.of(key + "&site_id=example.com", key, "share=x&site_id=new.example")) {
      assertThatThrownBy(() -> call(sites, "/api/v1/sites", wrong, Map.of()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
    }
  }

  @Test
  void sites_incrementUrlKnown_sayWhatCountsThem() throws Exception {
    Endpoint sites =
        endpoints(StatisticsAccess.of(true, "", ""), "https://count.example/").get("/api/v1/sites");

    assertThat(json(call(sites, "/api/v1/sites", "", Map.of()).body()).get("collector"))
        .isEqualTo(json("\"https://count.example/\""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aggregate", "timeseries", "breakdown", "realtime"})
  void anything_noSite_is400(String name) {
    assertThatThrownBy(() -> call(open, name, "property=event:page", Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).contains("site_id=example.com"));
  }

  private static void assertUnauthorized(
      Map<String, Endpoint> endpoints, String name, String query) {
    assertThatThrownBy(() -> call(endpoints, name, query, Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  @Test
  void answers_withADayThatCannotBeRead_areMadeOfAllOthersAndSaySo() throws Exception {
    HistoryTable broken = InMemoryHistory.unreadable(LocalDate.of(2026, 11, 23));
    List<Row> rows = new ArrayList<>();
    add(rows, "2026-11-24T11:58:00Z", "example.com/", "b", "");
    add(rows, "2026-11-23T11:59:00Z", "example.com/blog", "a", "");
    assertThat(broken.chunks().store(rows, NOW).unstored()).isEmpty();
    Map<String, Endpoint> endpoints = endpoints(broken);
    String query = "site_id=example.com&period=7d&metrics=pageviews";

    assertThat(json(call(endpoints, "aggregate", query, Map.of()).body()))
        .isEqualTo(
            json(
                """
                {"results":{"pageviews":{"value":1}},"incomplete":true,
                "incomplete_days":["2026-11-23"]}"""));
    for (String name : List.of("timeseries", "breakdown", "aggregate")) {
      String property = name.equals("breakdown") ? "&property=event:page" : "";
      HttpResponse csv = call(endpoints, name, query + property + "&format=csv", Map.of());
      assertThat(csv.headers())
          .as(name)
          .containsEntry("visitorcount-incomplete", "2026-11-23")
          .containsEntry("cache-control", "public, max-age=30")
          .containsEntry(
              "content-disposition", "attachment; filename=\"" + name + "-incomplete.csv\"");
    }
    HttpResponse whole = call(endpoints, "aggregate", "site_id=example.com&period=day", Map.of());
    assertThat(whole.body()).doesNotContain("incomplete");
    assertThat(whole.headers()).doesNotContainKey("visitorcount-incomplete");
    HttpResponse verify =
        call(endpoints.get("/api/v1/verify"), "/api/v1/verify", "page=example.com/blog", Map.of());
    assertThat(verify.body()).contains("\"incomplete_days\":[\"2026-11-23\"]");
  }

  private JsonNode get(String name, String query) throws Exception {
    return json(answer(name, query).body());
  }

  private HttpResponse answer(String name, String query) {
    return call(
        open, name, query.contains("site_id") ? query : "site_id=example.com&" + query, Map.of());
  }

  private static HttpResponse call(
      Map<String, Endpoint> endpoints, String name, String query, Map<String, String> headers) {
    String path = "/api/v1/stats/" + name;
    return call(endpoints.get(path), path, query, headers);
  }

  private static HttpResponse call(
      Endpoint endpoint, String path, String query, Map<String, String> headers) {
    return endpoint.answer(
        new HttpRequest("r", "GET", path, query, headers, null, false, "192.0.2.1"), mock());
  }

  private Map<String, Endpoint> endpoints(StatisticsAccess access) {
    return endpoints(access, "");
  }

  private Map<String, Endpoint> endpoints(StatisticsAccess access, String incrementUrl) {
    return StatisticsApi.endpoints(
        access, incrementUrl, PageRules.NONE, new InMemoryCounters(), history, CLOCK);
  }

  private static Map<String, Endpoint> endpoints(HistoryTable table) {
    return StatisticsApi.endpoints(
        StatisticsAccess.of(true, "", ""),
        "",
        PageRules.NONE,
        new InMemoryCounters(),
        table,
        CLOCK);
  }

  private static JsonNode json(String text) throws Exception {
    return JSON.readTree(text);
  }

  private static HistoryTable table() {
    List<Row> rows = new ArrayList<>();
    add(rows, "2026-11-24T09:30:00Z", "example.com/", "a", "news.example");
    add(rows, "2026-11-24T09:31:40Z", "example.com/blog", "a", "");
    add(rows, "2026-11-24T11:58:00Z", "example.com/", "b", "");
    add(rows, "2026-11-24T11:59:00Z", "example.com/blog", "", "");
    add(rows, "2026-11-23T08:00:00Z", "example.com/", "c", "");
    add(rows, "2026-11-23T08:10:00Z", "example.com/", "d", "search.example");
    add(rows, "2026-11-23T08:10:30Z", "example.com/blog", "d", "");
    add(rows, "2026-11-23T19:00:00Z", "example.com/=1+1", "e", "");
    add(rows, "2026-11-20T10:00:00Z", "two.example/", "f", "");
    return table(rows, NOW);
  }

  private static HistoryTable table(List<Row> rows, Instant arrival) {
    HistoryTable table = InMemoryHistory.table();
    assertThat(table.chunks().store(rows, arrival).unstored()).isEmpty();
    return table;
  }

  private static void add(List<Row> rows, String at, String page, String visitor, String referrer) {
    Campaign campaign =
        visitor.equals("e")
            ? new Campaign("letter", "mail", "autumn", "shoes", "top")
            : Campaign.NONE;
    Facts facts =
        new Facts(
            !referrer.isEmpty(),
            referrer,
            campaign,
            visitor.equals("e") ? "US" : "DE",
            visitor.equals("e") ? "=cmd|\" /C calc\"" : "Firefox",
            "Linux",
            "Laptop");
    rows.add(
        new Row(
            PageId.ofKey(page),
            1,
            rows.size() + 1L,
            Instant.parse(at).getEpochSecond(),
            facts,
            visitor));
  }
}
