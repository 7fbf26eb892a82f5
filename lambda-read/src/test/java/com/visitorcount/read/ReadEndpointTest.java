package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadEndpointTest {
  private final InMemoryCounters counters = new InMemoryCounters();
  private final RequestRecord record = mock();

  @Test
  void answer_page_isItsCount() {
    counters.set(PageId.of("example.com/a"), BigInteger.valueOf(43));

    HttpResponse response = get("page=https%3A%2F%2Fexample.com%2Fa%2F");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store");
    assertThat(response.body()).isEqualTo("{\"page\":\"example.com/a\",\"count\":43}");
    verify(record).count(Metric.READS);
    verify(record).note("page", "example.com/a");
  }

  @Test
  void answer_pageNeverViewed_isZero() {
    assertThat(get("page=a").body()).isEqualTo("{\"page\":\"a\",\"count\":0}");
  }

  @Test
  void answer_noPage_isTheDefaultPage() {
    counters.set(PageId.of("main_page"), BigInteger.TEN);

    assertThat(get("").body()).isEqualTo("{\"page\":\"main_page\",\"count\":10}");
    assertThat(get("x=1").body()).isEqualTo("{\"page\":\"main_page\",\"count\":10}");
  }

  @Test
  void answer_countBeyondEveryMachineNumber_isExact() {
    counters.set(PageId.of("a"), new BigInteger("99999999999999999999999999999999999999"));

    assertThat(get("page=a").body())
        .isEqualTo("{\"page\":\"a\",\"count\":99999999999999999999999999999999999999}");
  }

  @Test
  void answer_severalPages_areUnderTheNamesAskedBy() {
    counters.set(PageId.of("/a"), BigInteger.ONE);
    counters.set(PageId.of("/b,c"), BigInteger.TWO);

    assertThat(get("page=%2Fa%2F&page=/b%2Cc&page=/a&page=/unseen").body())
        .isEqualTo("{\"counts\":{\"/a/\":1,\"/b,c\":2,\"/a\":1,\"/unseen\":0}}");
  }

  @Test
  void answer_oneOfSeveralIsBroken_namesItAndAnswersTheOthers_caseC2() {
    counters.set(PageId.of("good"), BigInteger.valueOf(5));
    counters.breakCount(PageId.of("bad"));

    assertThat(get("page=good&page=bad&page=unseen").body())
        .isEqualTo(
            """
            {"counts":{"good":5,"bad":null,"unseen":0},"errors":{"bad":"broken-counter"}}\
            """);
    verify(record).count(Metric.READS);
    verify(record).count(Metric.FAULTS);
    verify(record).note("problem", "broken-counter");
    verify(record).note("page", "bad");
  }

  @Test
  void answer_brokenPage_isBroken_caseC2() {
    counters.breakCount(PageId.of("bad"));

    assertThatThrownBy(() -> get("page=bad")).isInstanceOf(BrokenCounterException.class);
  }

  @Test
  void answer_hundredPages_isTheLimit() {
    assertThat(get(pages(100)).status()).isEqualTo(200);
    assertProblem(() -> get(pages(101)), ProblemType.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=", "page", "page=+", "page=%23salt", "page=a%00b", "page=a&page="})
  void answer_noPageThere_isRefused(String query) {
    assertThatThrownBy(() -> get(query)).isInstanceOf(InvalidPageException.class);
  }

  /** The query is decoded once, and the page once more: pages have escapes of their own. */
  @ParameterizedTest
  @CsvSource({
    "page=%2Fa%2Cb, '/a,b'",
    "page=/c/a%252Fb, /c/a%2Fb",
    "page=/c/a/b, /c/a/b",
    "page=/c/x%253Fy=1, /c/x%3Fy=1",
    "page=/%E8%AE%BA, /论",
    "page=/%25E8%25AE%25BA, /论",
    "page=%zz, %25zz"
  })
  void answer_encodedPage_isDecoded_caseB17(String query, String page) {
    assertThat(get(query).body()).isEqualTo("{\"page\":\"" + page + "\",\"count\":0}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "OPTIONS", "XYZ1", "get"})
  void answer_otherMethod_is405WithAllow(String method) {
    assertThatThrownBy(() -> answer(method, "/", ""))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.METHOD_NOT_ALLOWED);
              assertThat(e.problem().headers()).containsEntry("allow", "GET, HEAD");
            });
  }

  @Test
  void answer_head_isAllowed() {
    assertThat(answer("HEAD", "/", "page=a").status()).isEqualTo(200);
  }

  @Test
  void settings_nothing_namesAllThatIsMissing() {
    assertThatThrownBy(() -> Settings.from(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "TABLE_NAME",
            "HISTORY_TABLE_NAME",
            "POWERTOOLS_METRICS_NAMESPACE",
            "POWERTOOLS_SERVICE_NAME");
  }

  private static String pages(int count) {
    return IntStream.range(0, count).mapToObj(i -> "page=p" + i).collect(Collectors.joining("&"));
  }

  private HttpResponse get(String query) {
    return answer("GET", "/", query);
  }

  private HttpResponse answer(String method, String path, String query) {
    Settings settings =
        Settings.from(
            Map.of(
                "TABLE_NAME",
                "VisitorCount",
                "HISTORY_TABLE_NAME",
                "VisitorHistory",
                "POWERTOOLS_METRICS_NAMESPACE",
                "VisitorCount",
                "POWERTOOLS_SERVICE_NAME",
                "VisitorCount"));
    return new ReadEndpoint(settings, counters, (asked, log) -> fail("no period is asked for"))
        .answer(
            new HttpRequest("r", method, path, query, Map.of(), null, false, "192.0.2.1"), record);
  }

  private static void assertProblem(Runnable call, ProblemType type) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
