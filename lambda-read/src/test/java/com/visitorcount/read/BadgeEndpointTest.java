package com.visitorcount.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.PowertoolsRecords;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Captures standard output, where the EMF records go. */
@Isolated
final class BadgeEndpointTest {
  private static final String NEVER_KEPT = "no-cache, no-store, max-age=0";

  private final InMemoryCounters counters = new InMemoryCounters();
  private final RequestRecord record = mock();

  @Test
  void answer_page_isABadgeOfItsCount() {
    counters.set(PageId.of("example.com/a"), BigInteger.valueOf(1_284_391));

    HttpResponse response = get("page=https%3A%2F%2FEXAMPLE.com%2Fa%2F", Map.of());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "image/svg+xml; charset=utf-8")
        .containsEntry("content-security-policy", "default-src 'none'")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", "max-age=300, s-maxage=300")
        .containsKey("etag");
    assertThat(response.body()).contains("aria-label=\"views: 1,284,391\"");
    verify(record).count(Metric.READS);
    verify(record).note("page", "example.com/a");
  }

  @ParameterizedTest
  @CsvSource({"'', '10'", "label=readers, '10'", "page=a, '0'", "page=a&page=main_page, '0'"})
  void answer_pageAbsentOrNeverViewed_hasABadgeToo(String query, String count) {
    counters.set(PageId.of("main_page"), BigInteger.TEN);

    assertThat(get(query, Map.of()).body()).contains(": " + count + "</title>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"page=/a", "page=/a/", "page=//a", "page=%2Fa", "page=/a%3Fx=1", "page=/a%23b"})
  void answer_page_isReadByTheRuleOfAll_caseB20(String query) {
    counters.set(PageId.of("/a"), BigInteger.valueOf(7));

    assertThat(get(query, Map.of()).body()).contains(">views: 7<");
  }

  @Test
  void answer_sameContent_is304UntilTheCountChanges_caseB36() {
    counters.set(PageId.of("a"), BigInteger.ONE);
    HttpResponse first = get("page=a", Map.of());
    Map<String, String> again = Map.of("if-none-match", "W/" + first.headers().get("etag"));

    HttpResponse second = get("page=a", again);
    assertThat(second).isEqualTo(new HttpResponse(304, first.headers(), "", false));
    assertThat(get("page=a", Map.of("if-none-match", "*")).status()).isEqualTo(304);
    assertThat(get("page=a&label=other", again).status()).isEqualTo(200);
    assertThat(counters.read(PageId.of("a"))).as("loading it counts nothing").isOne();

    counters.set(PageId.of("a"), BigInteger.TWO);
    HttpResponse third = get("page=a", again);
    assertThat(third.status()).isEqualTo(200);
    assertThat(third.headers().get("etag")).isNotEqualTo(first.headers().get("etag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=", "page=%23salt", "page=a%00b"})
  void answer_noPageThere_isRefused(String query) {
    assertThatThrownBy(() -> get(query, Map.of())).isInstanceOf(InvalidPageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "OPTIONS", "get", "XYZ1"})
  void answer_otherMethod_is405WithAllow(String method) {
    assertThatThrownBy(() -> endpoint(counters).answer(request(method, "page=a", Map.of()), record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.METHOD_NOT_ALLOWED);
              assertThat(e.problem().headers()).containsEntry("allow", "GET, HEAD");
            });
  }

  @Test
  void wholeRequest_head_hasTheHeadersOfGetAndNoBody_caseB19() {
    Run get = run(counters, "GET", "page=a");
    Run head = run(counters, "HEAD", "page=a");

    assertThat(head.response.getStatusCode()).isEqualTo(200);
    assertThat(head.response.getHeaders()).isEqualTo(get.response.getHeaders());
    assertThat(head.response.getBody()).isEmpty();
    assertThat(get.response.getBody()).startsWith("<svg").endsWith("</svg>");
  }

  @Test
  void wholeRequest_invalidPage_isABadgeAndARejectedRequest_caseB36() {
    Run run = run(counters, "GET", "page=%23salt&label=readers");

    assertThat(run.response.getStatusCode()).isEqualTo(200);
    assertThat(run.response.getBody()).contains("aria-label=\"readers: invalid page\"");
    assertThat(run.response.getHeaders())
        .containsEntry("cache-control", NEVER_KEPT)
        .doesNotContainKey("etag");
    assertThat(run.output)
        .contains("\"RejectedRequests\":1", "\"problem\":\"invalid-page\"")
        .doesNotContain("\"Faults\"", "\"Reads\"", "\"level\":\"ERROR\"");
  }

  @Test
  void wholeRequest_storeUnavailable_isABadgeAndAFault_caseB36() {
    Counters broken = mock();
    when(broken.read(any(PageId.class))).thenThrow(new StoreUnavailableException("throttled"));

    Run run = run(broken, "GET", "page=a");

    assertThat(run.response.getStatusCode()).isEqualTo(200);
    assertThat(run.response.getBody()).contains("aria-label=\"views: unavailable\"");
    assertThat(run.response.getHeaders()).containsEntry("cache-control", NEVER_KEPT);
    assertThat(run.output)
        .contains("\"Faults\":1", "\"problem\":\"counters-unavailable\"")
        .doesNotContain("\"RejectedRequests\"", "\"Reads\"");
  }

  @Test
  void wholeRequest_faultOfOurs_isABadgeAndAFault() {
    counters.set(PageId.of("a"), BigInteger.ONE.negate());

    Run run = run(counters, "GET", "page=a");

    assertThat(run.response.getStatusCode()).isEqualTo(200);
    assertThat(run.response.getBody()).contains("aria-label=\"views: unavailable\"");
    assertThat(run.output).contains("\"Faults\":1", "\"problem\":\"internal-error\"");
  }

  @Test
  void wholeRequest_otherMethod_isAProblemDocument() {
    Run run = run(counters, "POST", "page=a");

    assertThat(run.response.getStatusCode()).isEqualTo(405);
    assertThat(run.response.getHeaders())
        .containsEntry("content-type", "application/problem+json")
        .containsEntry("allow", "GET, HEAD");
  }

  private HttpResponse get(String query, Map<String, String> headers) {
    return endpoint(counters).answer(request("GET", query, headers), record);
  }

  private static Endpoint endpoint(Counters counters) {
    Settings settings = Settings.from(variables());
    Clock clock = Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
    PeriodCounts periods = new PeriodCounts(InMemoryHistory.table(), clock);
    return new BadgeEndpoint(settings, new Shown.Reader(settings, counters, periods));
  }

  static Map<String, String> variables() {
    return Map.of(
        "TABLE_NAME", "VisitorCount",
        "HISTORY_TABLE_NAME", "VisitorHistory",
        "POWERTOOLS_METRICS_NAMESPACE", "VisitorCount",
        "POWERTOOLS_SERVICE_NAME", "VisitorCount");
  }

  private static HttpRequest request(String method, String query, Map<String, String> headers) {
    return new HttpRequest("r", method, "/badge.svg", query, headers, null, false, "192.0.2.1");
  }

  private record Run(APIGatewayV2HTTPResponse response, String output) {}

  private static Run run(Counters counters, String method, String query) {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn("r");
    when(context.getFunctionName()).thenReturn("read");
    HttpFunction function =
        new HttpFunction(
            endpoint(counters),
            Settings.from(variables()).telemetry(),
            System::nanoTime,
            new PowertoolsRecords());
    PrintStream stdout = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    System.setOut(new PrintStream(caught, true, UTF_8));
    try {
      APIGatewayV2HTTPResponse response = function.answer(event(method, query), context);
      return new Run(response, caught.toString(UTF_8));
    } finally {
      System.setOut(stdout);
    }
  }

  static APIGatewayV2HTTPEvent event(String method, String query) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath("/badge.svg")
        .withRawQueryString(query)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .build();
  }
}
