package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class VerifyEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final PageId PAGE = PageId.of("example.com/a");

  private final InMemoryCounters counters = new InMemoryCounters();
  private final HistoryTable history = InMemoryHistory.table();
  private final RequestRecord record = mock();

  @Test
  void answer_pageWithHistory_isItsAccount() {
    counters.set(PAGE, BigInteger.valueOf(40));
    view(5);
    store(NOW.minusSeconds(86_400), 41, 42);
    store(NOW, 44);

    assertThat(answer("page=https://example.com/a/"))
        .isEqualTo(
            """
            {"page":"example.com/a","counter":45,"rows":3,"lost":2,"pending":1,"beyond_rows":0,\
            "before_history":40,"before_history_known":true,"surplus":0,"adds_up":true,\
            "days":[{"date":"2026-11-24","rows":2},{"date":"2026-11-25","rows":1}]}\
            """);
    verify(record).count(Metric.READS);
    verify(record).note("page", "example.com/a");
  }

  @Test
  void answer_firstViewsWithoutRows_areLostUnlessTheyMayStillArrive_caseC22() {
    view(8);
    store(NOW, 6, 7);

    assertThat(answer("page=example.com/a"))
        .contains("\"lost\":6,\"pending\":1", "\"before_history\":0", "\"adds_up\":true");
  }

  @Test
  void answer_pageOfAnEarlierVersion_saysThatItCannotTell_caseC22() {
    view(8);
    counters.forgetBase(PAGE);
    store(NOW, 6, 7, 8);

    assertThat(answer("page=example.com/a"))
        .contains("\"lost\":0", "\"before_history\":5,\"before_history_known\":false");
  }

  @Test
  void answer_counterBeyondTheNumbersOfRows_saysThatItsViewsHaveNone_caseC3() {
    counters.set(PAGE, new BigInteger("99999999999999999999"));
    view(1);

    assertThat(answer("page=example.com/a"))
        .isEqualTo(
            """
            {"page":"example.com/a","counter":100000000000000000000,"rows":0,"lost":1,"pending":0,\
            "beyond_rows":1,"before_history":99999999999999999999,"before_history_known":true,\
            "surplus":0,"adds_up":true,"days":[]}\
            """);
  }

  @Test
  void answer_brokenCounter_isBroken_caseC2() {
    counters.breakCount(PAGE);

    assertThatThrownBy(() -> answer("page=example.com/a"))
        .isInstanceOf(BrokenCounterException.class);
  }

  @Test
  void answer_moreRowsThanViews_doesNotAddUp() {
    view(1);
    store(NOW, 1, 2, 3);

    assertThat(answer("page=example.com/a"))
        .contains("\"rows\":3,\"lost\":0", "\"surplus\":2,\"adds_up\":false");
  }

  @Test
  void answer_withoutToken_isUnauthorized() {
    assertThatThrownBy(() -> answer(StatisticsAccess.of(false, "", ""), "page=example.com/a"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED));
  }

  private void view(int times) {
    for (int i = 0; i < times; i++) {
      counters.add(View.of(PAGE, new ViewId("v" + i), NOW));
    }
  }

  private void store(Instant at, long... sequences) {
    List<Row> rows =
        LongStream.of(sequences)
            .mapToObj(
                sequence ->
                    new Row(
                        PAGE,
                        NOW.toEpochMilli(),
                        sequence,
                        at.getEpochSecond(),
                        Facts.NONE,
                        "token"))
            .toList();
    assertThat(history.chunks().store(rows, at).unstored()).isEmpty();
  }

  private String answer(String query) {
    return answer(StatisticsAccess.of(true, "", ""), query);
  }

  private String answer(StatisticsAccess access, String query) {
    return new VerifyEndpoint(
            access,
            PageRules.NONE,
            counters,
            history.consistencyCheck(Clock.fixed(NOW, ZoneOffset.UTC)))
        .answer(
            new HttpRequest(
                "r", "GET", "/api/v1/verify", query, Map.of(), null, false, "192.0.2.1"),
            record)
        .body();
  }
}
