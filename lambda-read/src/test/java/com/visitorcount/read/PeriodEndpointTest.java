package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PeriodEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final HistoryTable table = InMemoryHistory.table();
  private final RequestRecord record = mock();
  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private ReadEndpoint endpoint = endpoint(Map.of());
  private long sequence;

  @Test
  void site_total_isThatOfAllDays() {
    storeSomeMonths();

    assertThat(get("site=example.com"))
        .isEqualTo(
            """
            {"site":"example.com","period":"all","since":"2026-09-10","views":9,"visitors":7}\
            """);
    assertThat(get("site=EXAMPLE.com&period=all")).isEqualTo(get("site=example.com"));
  }

  @ParameterizedTest
  @CsvSource({
    "today, 2026-11-25, 3, 2",
    "7d, 2026-11-19, 5, 4",
    "30d, 2026-10-27, 6, 5",
    "month, 2026-11-01, 6, 5"
  })
  void site_period_isThatOfItsDays(String period, String from, int views, int visitors) {
    storeSomeMonths();

    assertThat(get("site=example.com&period=" + period))
        .isEqualTo(
            """
            {"site":"example.com","period":"%s","from":"%s","to":"2026-11-25",\
            "views":%d,"visitors":%d}\
            """
                .formatted(period, from, views, visitors));
  }

  @ParameterizedTest
  @CsvSource({"today, 2, 2", "7d, 3, 3", "30d, 3, 3"})
  void page_period_isThatOfItsDays(String period, int views, int visitors) {
    storeSomeMonths();

    assertThat(get("page=https://example.com/a/&period=" + period))
        .startsWith("{\"page\":\"example.com/a\",\"period\":\"" + period + "\",\"from\":")
        .endsWith("\"views\":%d,\"visitors\":%d}".formatted(views, visitors));
  }

  @Test
  void page_all_hasItsVisitorsOfAllDays() {
    storeSomeMonths();

    assertThat(get("page=example.com/a&period=all"))
        .isEqualTo(
            """
            {"page":"example.com/a","period":"all","since":"2026-09-10","views":5,"visitors":4}\
            """);
  }

  @Test
  void pages_period_areUnderTheNamesAskedBy() {
    storeSomeMonths();

    assertThat(get("page=example.com/a&page=example.com/b&page=example.com/unseen&period=7d"))
        .isEqualTo(
            """
            {"period":"7d","from":"2026-11-19","to":"2026-11-25","counts":{\
            "example.com/a":{"views":3,"visitors":3},\
            "example.com/b":{"views":2,"visitors":2},\
            "example.com/unseen":{"views":0,"visitors":0}}}\
            """);
  }

  @Test
  void siteWithoutHistory_isZeroSinceNever() {
    assertThat(get("site=new.example"))
        .isEqualTo(
            """
            {"site":"new.example","period":"all","since":null,"views":0,"visitors":0}\
            """);
    assertThat(get("page=new.example/&period=all")).contains("\"views\":0,\"visitors\":0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "site=",
        "site",
        "site=a/b",
        "site=example.com%3Fx",
        "site=a%20b",
        "site=example.com&period=yesterday",
        "page=a&period=",
        "page=a&period=7D",
        "page=a&site=example.com",
        "page=a&page=example.com/b&period=7d"
      })
  void badParameter_isAnInvalidQuery(String query) {
    assertThatThrownBy(() -> get(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY));
  }

  @Test
  void answer_isKeptForAMinute() {
    storeSomeMonths();
    String before = get("site=example.com&period=today");
    String pageBefore = get("page=example.com/a&period=today");
    store("2026-11-25T11:59:00Z", "/a", "late");
    clock = Clock.offset(clock, Duration.ofSeconds(59));
    ReadEndpoint kept = endpoint;

    assertThat(get("site=example.com&period=today")).isEqualTo(before);
    assertThat(get("page=example.com/a&period=today")).isEqualTo(pageBefore);
    assertThat(kept).isSameAs(endpoint);
    assertThat(endpoint(Map.of()).answer(request("site=example.com&period=today"), record).body())
        .as("by another instance")
        .contains("\"views\":4");
  }

  @Test
  void answer_mayBeCachedForAMinuteAndRevalidated() {
    HttpResponse first = endpoint.answer(request("site=example.com"), record);

    assertThat(first.headers())
        .containsEntry("cache-control", "public, max-age=60")
        .containsKey("etag");
    HttpRequest again =
        new HttpRequest(
            "r",
            "GET",
            "/",
            "site=example.com",
            Map.of("if-none-match", first.headers().get("etag")),
            null,
            false,
            "192.0.2.1");
    assertThat(endpoint.answer(again, record).status()).isEqualTo(304);
  }

  /** More pages a day than a summary names: the others are counted from the views themselves. */
  @Test
  void page_thatSummariesDoNotName_isExact() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_200; i++) {
      rows.add(row("2026-11-20T10:00:00Z", "/p" + i, "v" + i));
      rows.add(row("2026-11-20T11:00:00Z", "/p" + i, "v" + i));
    }
    rows.add(row("2026-11-20T12:00:00Z", "/a*b", "v"));
    rows.add(row("2026-11-20T12:00:00Z", "/aXb", "v"));
    assertThat(table.chunks().store(rows, Instant.parse("2026-11-20T12:00:10Z")).unstored())
        .isEmpty();
    table.compaction().run(NOW, () -> false);
    for (int i = 0; i < 1_200; i += 60) {
      assertThat(get("page=example.com/p" + i + "&period=7d"))
          .endsWith("\"views\":2,\"visitors\":1}");
    }
    assertThat(get("page=example.com/a*b&period=7d")).endsWith("\"views\":1,\"visitors\":1}");
    assertThat(get("page=example.com/p1199&period=all")).contains("\"views\":2,\"visitors\":1");
  }

  @Test
  void historyRefuses_atAnyCall_isUnavailableAndNeverWrong() {
    for (int call = 1; call < 6; call++) {
      HistoryTable refusing = InMemoryHistory.refusing(call);
      ReadEndpoint failing = endpoint(Map.of(), refusing);
      for (String query : List.of("site=example.com", "page=example.com/a&period=7d")) {
        try {
          assertThat(failing.answer(request(query), record).body()).contains("\"views\":0");
        } catch (StoreUnavailableException e) {
          assertThat(failing.answer(request(query), record).body())
              .as("the next time")
              .contains("\"views\":0");
        }
      }
    }
  }

  @Test
  void closedCounts_takeTheTokenOrTheKeyOfTheSite() {
    endpoint = endpoint(Map.of("PUBLIC_COUNTS", "example.com/a,open.example/**"));

    assertThat(get("page=example.com/a")).contains("\"count\":0");
    assertThat(get("page=example.com/a&period=today")).contains("\"views\":0");
    assertThat(get("site=open.example")).contains("\"views\":0");
    assertUnauthorized("page=example.com/b");
    assertUnauthorized("page=example.com/a&page=example.com/b");
    assertUnauthorized("page=example.com/b&period=today");
    assertUnauthorized("site=example.com");
    assertUnauthorized("");
    endpoint = endpoint(Map.of("PUBLIC_COUNTS", "none", "PUBLIC_STATISTICS", "true"));
    assertThat(get("site=example.com")).as("whoever may read statistics").contains("\"views\":0");
    assertThat(endpoint.answer(request("site=example.com"), record).headers())
        .containsEntry("cache-control", "private, max-age=60");
  }

  private void assertUnauthorized(String query) {
    assertThatThrownBy(() -> get(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  /** A closed month, closed days, days that are not closed, and another site. */
  private void storeSomeMonths() {
    store("2026-09-10T10:00:00Z", "/a", "v1");
    store("2026-09-10T10:01:00Z", "/a", "v1");
    store("2026-09-11T10:00:00Z", "/b", "v1");
    store("2026-11-05T10:00:00Z", "/b", "v1");
    store("2026-11-20T10:00:00Z", "/a", "v1");
    table.compaction().run(Instant.parse("2026-11-24T01:10:00Z"), () -> false);
    store("2026-11-24T10:00:00Z", "/b", "v1");
    store("2026-11-25T10:00:00Z", "/a", "v1");
    store("2026-11-25T10:10:00Z", "/a", "v2");
    store("2026-11-25T10:20:00Z", "/b", "v2");
  }

  private void store(String at, String path, String visitor) {
    Row row = row(at, path, visitor);
    assertThat(table.chunks().store(List.of(row), Instant.parse(at).plusSeconds(10)).unstored())
        .isEmpty();
  }

  private Row row(String at, String path, String visitor) {
    sequence++;
    return new Row(
        PageId.of("example.com" + path),
        NOW.toEpochMilli(),
        sequence,
        Instant.parse(at).getEpochSecond(),
        Facts.NONE,
        visitor);
  }

  private String get(String query) {
    return endpoint.answer(request(query), record).body();
  }

  private static HttpRequest request(String query) {
    return new HttpRequest("r", "GET", "/", query, Map.of(), null, false, "192.0.2.1");
  }

  private ReadEndpoint endpoint(Map<String, String> more) {
    return endpoint(more, table);
  }

  private ReadEndpoint endpoint(Map<String, String> more, HistoryTable history) {
    Map<String, String> variables = new HashMap<>(BadgeEndpointTest.variables());
    variables.putAll(more);
    Settings settings = Settings.from(variables);
    return new ReadEndpoint(
        settings,
        new InMemoryCounters(),
        new PeriodEndpoint(settings, new PeriodCounts(history, clock)));
  }
}
