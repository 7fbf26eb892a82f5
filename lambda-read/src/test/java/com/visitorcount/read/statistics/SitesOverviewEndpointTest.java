package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.Chunks;
import com.visitorcount.history.Compaction;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SitesOverviewEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String PATH = "/api/v1/sites/overview";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HistoryTable table = InMemoryHistory.table();

  @Test
  void overview_ofAWeek_hasVisitorsChangeCourseAndWhoIsThere() throws Exception {
    view("b.example/", "2026-11-16T10:00:00Z", "d");
    view("b.example/", "2026-11-23T10:00:00Z", "a");
    view("b.example/", "2026-11-23T11:00:00Z", "b");
    view("b.example/x", "2026-11-24T11:58:00Z", "c");
    view("a.example/", "2026-11-22T10:00:00Z", "e");

    assertThat(get("period=7d&compare=previous_period"))
        .isEqualTo(
            JSON.readTree(
                """
                {"results":[
                {"site_id":"a.example","visitors":1,"change":null,"comparison_value":0,"online":0,
                "points":[0,0,0,0,1,0,0]},
                {"site_id":"b.example","visitors":3,"change":200,"comparison_value":1,"online":1,
                "points":[0,0,0,0,0,2,1]}],"total":2}"""));
    assertThat(get("period=7d&search=B.EX&interval=week").at("/results/0"))
        .isEqualTo(
            JSON.readTree(
                """
                {"site_id":"b.example","visitors":3,"online":1,"points":[0,3]}"""));
  }

  /** The totals equal those on a site's own page. */
  @Test
  void overview_inAnyZoneAndPeriod_isTheSumOfEachSite() throws Exception {
    for (int i = 39; i >= 0; i--) {
      view("s" + i % 3 + ".example/", NOW.minusSeconds(i * 40_007L).toString(), "v" + i % 7);
    }
    for (String query :
        List.of("period=day", "period=30d&timezone=Asia/Kathmandu", "period=month", "period=all")) {
      for (JsonNode line : get(query + "&compare=previous_period").get("results")) {
        JsonNode own =
            ask(
                "/api/v1/stats/aggregate",
                query + "&compare=previous_period&site_id=" + line.get("site_id").textValue(),
                Map.of(),
                StatisticsAccess.of(true, "", ""));
        assertThat(line.get("visitors")).as(query).isEqualTo(own.at("/results/visitors/value"));
        assertThat(line.get("change")).as(query).isEqualTo(own.at("/results/visitors/change"));
      }
    }
  }

  @Test
  void overview_pageByPage_hasEachSiteOnce() throws Exception {
    for (int i = 10; i < 33; i++) {
      view("s" + i + ".example/", "2026-11-24T10:00:00Z", "a");
    }
    List<String> names = new ArrayList<>();
    for (int page = 1; page <= 4; page++) {
      JsonNode answer = get("period=day&limit=10&page=" + page);
      assertThat(answer.get("total").intValue()).isEqualTo(23);
      StreamSupport.stream(answer.get("results").spliterator(), false)
          .map(line -> line.get("site_id").textValue())
          .forEach(names::add);
    }
    assertThat(names).hasSize(23).doesNotHaveDuplicates().isSorted();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"limit=51", "limit=0", "limit=x", "page=0", "filters=visit:os==x", "period=x"})
  void overview_badQuery_is400(String query) {
    view("a.example/", "2026-11-24T10:00:00Z", "a");
    assertThatThrownBy(() -> get(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY));
  }

  @Test
  void overview_isTheOwnersAlone() {
    StatisticsAccess access =
        StatisticsAccess.of(
            false, "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88", "secret");
    Map<String, String> none = Map.of();

    for (String query : List.of("", "share=" + access.shareKey("a.example", ""))) {
      assertThatThrownBy(() -> ask(PATH, query, none, access))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
    }
    assertThat(ask(PATH, "", Map.of("authorization", "Bearer opensesame"), access)).isNotNull();
  }

  @Test
  void overview_somethingUnreadable_saysSo() throws Exception {
    HistoryTable broken = InMemoryHistory.unreadable(LocalDate.of(2026, 11, 23));
    assertThat(
            broken
                .chunks()
                .store(List.of(row("a.example/", "2026-11-23T10:00:00Z", "a")), NOW)
                .unstored())
        .isEmpty();

    assertThat(ask(broken, PATH, "period=7d").get("incomplete_days"))
        .isEqualTo(JSON.readTree("[\"2026-11-23\"]"));
  }

  /** The cost of an overview of a thousand sites, most without views for months. */
  @Test
  void overview_ofAThousandSites_readsThoseWithNews() {
    MeteredHistory meter = new MeteredHistory();
    Chunks chunks = meter.table().chunks();
    Compaction compaction = meter.table().compaction();
    for (int i = 0; i < 2; i++) {
      Traffic traffic = new Traffic("new%d.example".formatted(i), i);
      for (int day = 60; day >= 0; day--) {
        LocalDate date = LocalDate.of(2026, 11, 24).minusDays(day);
        List<Row> rows =
            traffic.day(date, 300).stream()
                .filter(row -> row.second() < NOW.getEpochSecond())
                .toList();
        chunks.store(
            rows, day == 0 ? NOW : date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
      }
    }
    for (int hour = 0; hour < 2; hour++) {
      compaction.run(NOW.plusSeconds(hour), () -> false);
    }
    // after the hourly runs, as they would close the days one by one
    Instant longAgo = Instant.parse("2026-07-01T12:00:00Z");
    for (int i = 0; i < 998; i++) {
      chunks.store(List.of(row("old%d.example/".formatted(i), longAgo.toString(), "a")), longAgo);
    }
    double before = meter.readUnits();
    ask(meter.table(), PATH, "period=30d&compare=previous_period&limit=50&page=20&search=old");
    double dormant = meter.readUnits() - before;
    ask(meter.table(), PATH, "period=30d&compare=previous_period&limit=10&search=new");
    double active = meter.readUnits() - before - dormant;

    System.out.printf(
        Locale.ROOT,
        "overview: the list of 1,000 sites %.1f read units; each site with 300 views a day %.1f%n",
        dormant,
        (active - dormant) / 2);
    assertThat(dormant).isLessThan(30);
    assertThat((active - dormant) / 2).isLessThan(30);
  }

  private void view(String page, String at, String visitor) {
    Instant arrival = Instant.parse(at);
    assertThat(table.chunks().store(List.of(row(page, at, visitor)), arrival).unstored()).isEmpty();
  }

  private static Row row(String page, String at, String visitor) {
    long second = Instant.parse(at).getEpochSecond();
    Facts facts = new Facts(true, "", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");
    return new Row(PageId.ofKey(page), 1, second, second, facts, visitor);
  }

  private JsonNode get(String query) {
    return ask(table, PATH, query);
  }

  private static JsonNode ask(HistoryTable table, String path, String query) {
    return ask(table, path, query, Map.of(), StatisticsAccess.of(true, "", ""));
  }

  private JsonNode ask(
      String path, String query, Map<String, String> headers, StatisticsAccess access) {
    return ask(table, path, query, headers, access);
  }

  private static JsonNode ask(
      HistoryTable table,
      String path,
      String query,
      Map<String, String> headers,
      StatisticsAccess access) {
    HttpRequest request =
        new HttpRequest("r", "GET", path, query, headers, null, false, "192.0.2.1");
    String body =
        StatisticsApi.endpoints(access, "", PageRules.NONE, new InMemoryCounters(), table, CLOCK)
            .get(path)
            .answer(request, mock())
            .body();
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
