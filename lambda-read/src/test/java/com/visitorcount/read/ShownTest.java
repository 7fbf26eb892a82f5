package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What badges and the document for shields.io show. */
final class ShownTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final PageId PAGE = PageId.of("example.com/a");

  private final InMemoryCounters counters = new InMemoryCounters();
  private final HistoryTable history = InMemoryHistory.table();
  private final RequestRecord record = mock();
  private Settings settings = Settings.from(BadgeEndpointTest.variables());

  @BeforeEach
  void threeDaysOfViews() {
    counters.set(PAGE, BigInteger.valueOf(1_234));
    store(1, "2026-10-20T10:00:00Z", "v1");
    history.compaction().run(Instant.parse("2026-11-24T00:10:00Z"), () -> false);
    store(2, "2026-11-24T10:00:00Z", "v1");
    store(3, "2026-11-25T10:00:00Z", "v1");
    store(4, "2026-11-25T11:00:00Z", "v1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "page=example.com/a; views: 1,234",
        "page=example.com/a&base=766; views: 2,000",
        "page=example.com/a&show=views; views: 1,234",
        "page=example.com/a&show=visitors; visitors: 3",
        "page=example.com/a&show=today; views today: 2",
        "page=example.com/a&show=today&base=9; views today: 2",
        "page=example.com/a&show=month; views this month: 3",
        "page=example.com/a&show=today%2Btotal; today / total: 2 / 1,234",
        "page=example.com/a&show=today+total&label=x; x: 2 / 1,234",
        "page=example.com/unseen&show=today; views today: 0",
        "site=example.com; views: 4",
        "site=example.com&show=visitors; visitors: 3",
        "site=example.com&show=month&label=reads; reads: 3",
        "page=example.com!signup; views: 0",
        "page=example.com/a&days=3; views: 1,234 (last 3 days: 3, at most 2 a day)",
        "site=example.com&days=2&show=visitors; visitors: 3 (last 2 days: 2, at most 1 a day)"
      })
  void badge_showsWhatIsAskedFor(String query, String alternative) {
    HttpResponse response = badge().answer(request(query), record);

    assertThat(response.body()).contains("<title>" + alternative + "</title>");
    assertThat(response.headers())
        .containsEntry("cache-control", "max-age=300, s-maxage=300")
        .containsKey("etag");
  }

  @Test
  void shields_isADocumentForItsEndpointBadge() {
    HttpResponse response =
        shields().answer(request("page=example.com/a&label=reads&color=teal"), record);

    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "public, max-age=300");
    assertThat(response.body())
        .isEqualTo(
            """
            {"schemaVersion":1,"label":"reads","message":"1,234","color":"#0b6e5f",\
            "cacheSeconds":300}\
            """);
    assertThat(shields().answer(request("site=example.com&show=today+total"), record).body())
        .contains("\"label\":\"today / total\",\"message\":\"2 / 4\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "show=yesterday",
        "show=",
        "days=0",
        "days=31",
        "days=-1",
        "days=",
        "days=1.5",
        "site=",
        "site=a/b",
        "site=example.com&page=a",
        "page=example.com!signup&show=today",
        "page=example.com!signup&days=7"
      })
  void parameterThatIsNone_isAnInvalidQuery(String query) {
    for (Endpoint endpoint : List.of(badge(), shields())) {
      assertThatThrownBy(() -> endpoint.answer(request(query), record))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY);
                assertThat(badge().problem(e.problem(), request(query)).body())
                    .contains("invalid request</title>");
              });
    }
  }

  @Test
  void closedCounts_areNotShownAndNotKeptForAll() {
    Map<String, String> variables = new HashMap<>(BadgeEndpointTest.variables());
    variables.put("PUBLIC_COUNTS", "example.com/a");
    settings = Settings.from(variables);

    assertThat(badge().answer(request("page=example.com/a"), record).headers())
        .containsEntry("cache-control", "private, max-age=300");
    assertThatThrownBy(() -> badge().answer(request("site=example.com"), record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e ->
                assertThat(badge().problem(e.problem(), request("site=example.com")).body())
                    .contains("views: not public</title>"));
  }

  private Endpoint badge() {
    return new BadgeEndpoint(settings, reader());
  }

  private Endpoint shields() {
    return new ShieldsEndpoint(settings, reader());
  }

  private Shown.Reader reader() {
    return new Shown.Reader(settings, counters, new PeriodCounts(history, CLOCK));
  }

  private void store(long sequence, String at, String visitor) {
    Instant time = Instant.parse(at);
    Row row =
        new Row(PAGE, NOW.toEpochMilli(), sequence, time.getEpochSecond(), Facts.NONE, visitor);
    assertThat(history.chunks().store(List.of(row), time.plusSeconds(10)).unstored()).isEmpty();
  }

  private static HttpRequest request(String query) {
    return new HttpRequest("r", "GET", "/badge.svg", query, Map.of(), null, false, "192.0.2.1");
  }
}
