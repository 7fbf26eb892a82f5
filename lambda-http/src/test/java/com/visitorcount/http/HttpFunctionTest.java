package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.page.PageId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Captures standard output, where the EMF records go. */
@Isolated
final class HttpFunctionTest {
  private static final String REQUEST_ID = "0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11";
  private static final TelemetrySettings TELEMETRY =
      new TelemetrySettings("VisitorCount", "VisitorCount", RequestRecords.ALL);

  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochMilli(1_764_000_000_123L), ZoneOffset.UTC);
  private static final RecordWriter RECORDS = new JsonRecords(CLOCK);

  private final ObjectMapper json = new ObjectMapper();
  private final Queue<Long> nanoTimes = new ArrayDeque<>(List.of(0L, 2_500_000L, 5L, 5L));

  @Test
  void answer_ok_isTheEndpointsAnswerAndOneRecord() throws Exception {
    Run run =
        run(
            (request, record) -> {
              record.count(Metric.VIEWS);
              record.note("page", "a\"b\u2028\u001B[31m");
              return HttpResponse.json(200, json.createObjectNode().put("path", request.path()));
            },
            event("POST", "/a%2Fb"));

    assertThat(run.response.getStatusCode()).isEqualTo(200);
    assertThat(run.response.getBody()).isEqualTo("{\"path\":\"/a%2Fb\"}");
    assertThat(run.response.getHeaders())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store")
        .doesNotContainKey("access-control-allow-origin");
    assertThat(run.records).hasSize(1);
    JsonNode record = run.records.get(0);
    assertThat(record.get("Views").asInt()).isEqualTo(1);
    assertThat(record.get("ColdStart").asInt()).isEqualTo(1);
    assertThat(record.get("ms").asDouble()).isEqualTo(2.5);
    assertThat(record.get("page").textValue()).isEqualTo("a\"b\u2028\u001B[31m");
    assertThat(record.get("requestId").textValue()).isEqualTo(REQUEST_ID);
    JsonNode directive = record.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.get("Namespace").textValue()).isEqualTo("VisitorCount");
    assertThat(directive.get("Dimensions")).hasToString("[[\"Service\"]]");
    assertThat(record.get("Service").textValue()).isEqualTo("VisitorCount");
  }

  @Test
  void answer_record_isInEmbeddedMetricFormat_whoeverWritesIt() throws Exception {
    JsonNode expected =
        json.readTree(
            """
            {"_aws":{"Timestamp":1764000000123,"CloudWatchMetrics":[{"Namespace":"VisitorCount",
            "Metrics":[{"Name":"Views","Unit":"Count"},{"Name":"ViewsRolledUp","Unit":"Count"}],
            "Dimensions":[["Service"]]}]},"Service":"VisitorCount","Views":3.0,"ViewsRolledUp":0.0,
            "page":"example.com/a","lagSeconds":3.0,"ms":0.0,"requestId":"%s"}
            """
                .formatted(REQUEST_ID));
    for (RecordWriter writer : List.of(RECORDS, new PowertoolsRecords())) {
      HttpFunction function =
          new HttpFunction(
              (request, record) -> {
                record.count(Metric.VIEWS);
                record.count(Metric.VIEWS_ROLLED_UP, 0);
                record.count(Metric.VIEWS, 2);
                record.note("page", "example.com/a");
                record.note("lagSeconds", 3);
                return HttpResponse.json(200, json.createObjectNode());
              },
              TELEMETRY,
              () -> 0,
              writer);
      run(function, event("POST", "/"));

      JsonNode record = run(function, event("POST", "/")).records.get(0);
      if (!writer.equals(RECORDS)) {
        // the library has its own clock
        ((ObjectNode) record.get("_aws")).put("Timestamp", CLOCK.millis());
      }
      assertThat(record).as(writer.getClass().getSimpleName()).isEqualTo(expected);
    }
  }

  @Test
  void answer_secondRequest_isNoColdStart() throws Exception {
    HttpFunction function =
        new HttpFunction(
            (request, record) -> {
              record.count(Metric.READS);
              return HttpResponse.json(200, json.createObjectNode());
            },
            TELEMETRY,
            nanoTimes::remove,
            RECORDS);
    Run first = run(function, event("GET", "/"));
    Run second = run(function, event("GET", "/"));

    assertThat(first.records.get(0).has("ColdStart")).isTrue();
    assertThat(second.records.get(0).has("ColdStart")).isFalse();
  }

  @Test
  void answer_nothingCounted_leavesNoRecord() throws Exception {
    HttpFunction function =
        new HttpFunction(
            (request, record) -> {
              record.note("file", "/v.js");
              return HttpResponse.json(200, json.createObjectNode());
            },
            TELEMETRY,
            nanoTimes::remove,
            RECORDS);
    Run first = run(function, event("GET", "/"));
    Run second = run(function, event("GET", "/"));

    assertThat(first.records).hasSize(1);
    assertThat(first.records.get(0).get("ColdStart").asInt()).isEqualTo(1);
    assertThat(second.records).isEmpty();
  }

  @Test
  void answer_plainViewsAndReadsWhereOnlyProblemsAreRecorded_leaveNoRecord() throws Exception {
    HttpFunction function =
        new HttpFunction(
            (request, record) -> {
              if (request.method().equals("PUT")) {
                throw ProblemException.methodNotAllowed("POST");
              }
              record.count(Metric.VIEWS);
              record.count(Metric.NEW_PAGES);
              record.count(Metric.READS);
              return HttpResponse.json(200, json.createObjectNode());
            },
            new TelemetrySettings("VisitorCount", "VisitorCount", RequestRecords.PROBLEMS),
            () -> 0,
            RECORDS);
    Run first = run(function, event("POST", "/"));
    Run second = run(function, event("POST", "/"));
    Run refused = run(function, event("PUT", "/"));

    assertThat(first.records).hasSize(1);
    assertThat(first.records.get(0).get("ColdStart").asInt()).isEqualTo(1);
    // the rollup function counts it
    assertThat(first.records.get(0).has("Views")).isFalse();
    assertThat(second.records).isEmpty();
    assertThat(refused.records.get(0).get("RejectedRequests").asInt()).isEqualTo(1);
  }

  /** Each byte of a record costs money with each view. */
  @Test
  void answer_record_saysNothingTwice() throws Exception {
    HttpFunction function =
        new HttpFunction(
            (request, record) -> {
              record.count(Metric.VIEWS);
              record.note("page", "example.com/blog/first-post");
              return HttpResponse.json(200, json.createObjectNode());
            },
            TELEMETRY,
            nanoTimes::remove,
            RECORDS);
    run(function, event("POST", "/"));
    JsonNode record = run(function, event("POST", "/")).records.get(0);

    assertThat(record.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("_aws", "Service", "Views", "page", "ms");
    assertThat(record.toString()).hasSizeLessThan(250);
  }

  @Test
  void answer_problem_isADocumentAndARejectedRequest() throws Exception {
    Run run =
        run(
            (request, record) -> {
              throw ProblemException.methodNotAllowed("POST");
            },
            event("PUT", "/"));

    assertThat(run.response.getStatusCode()).isEqualTo(405);
    assertThat(run.response.getHeaders()).containsEntry("allow", "POST");
    assertThat(run.records.get(0).get("RejectedRequests").asInt()).isEqualTo(1);
    assertThat(run.records.get(0).get("requestId").textValue()).isEqualTo(REQUEST_ID);
    assertThat(run.records.get(0).get("problem").textValue()).isEqualTo("method-not-allowed");
    assertThat(run.records.get(0).has("Faults")).isFalse();
  }

  @Test
  void answer_noPage_is400() throws Exception {
    Run run =
        run(
            (request, record) -> {
              PageId.of("#salt/2026-11-25");
              return HttpResponse.json(200, json.createObjectNode());
            },
            event("POST", "/"));

    assertThat(run.response.getStatusCode()).isEqualTo(400);
    assertThat(run.response.getBody()).contains("invalid-page").doesNotContain("salt");
  }

  @Test
  void answer_storeUnavailable_is503ToTryAgain() throws Exception {
    Run run =
        run(
            (request, record) -> {
              throw new StoreUnavailableException("throttled");
            },
            event("POST", "/"));

    assertThat(run.response.getStatusCode()).isEqualTo(503);
    assertThat(run.response.getHeaders().get("retry-after")).matches("[0-9]+");
    assertThat(run.response.getBody()).contains("counters-unavailable").doesNotContain("throttled");
    assertThat(run.records.get(0).get("Faults").asInt()).isEqualTo(1);
    assertThat(run.records.get(0).has("RejectedRequests")).isFalse();
  }

  @Test
  void answer_anythingElseThrown_is500WithoutDetails() throws Exception {
    Run run =
        run(
            (request, record) -> {
              throw new IllegalStateException("secret");
            },
            event("POST", "/"));

    assertThat(run.response.getStatusCode()).isEqualTo(500);
    assertThat(run.response.getBody()).contains("internal-error").doesNotContain("secret");
    assertThat(run.records.get(0).get("Faults").asInt()).isEqualTo(1);
  }

  @Test
  void answer_head_hasTheHeadersAndNoBody() throws Exception {
    Run run =
        run(
            (request, record) -> HttpResponse.json(200, json.createObjectNode()),
            event("HEAD", "/"));

    assertThat(run.response.getBody()).isEmpty();
    assertThat(run.response.getHeaders()).containsEntry("content-type", "application/json");
  }

  @Test
  void answer_eventThatIsNone_isStillAnswered() throws Exception {
    Run run =
        run(
            (request, record) -> {
              assertThat(request.method()).isEmpty();
              assertThat(request.path()).isEmpty();
              throw new ProblemException(ProblemType.NOT_FOUND, "nothing");
            },
            APIGatewayV2HTTPEvent.builder()
                .withRequestContext(new APIGatewayV2HTTPEvent.RequestContext())
                .build());

    assertThat(run.response.getStatusCode()).isEqualTo(404);
    assertThat(run.records).hasSize(1);
  }

  /**
   * A schedule calls the function once a day, so that Lambda does not make its version inactive.
   */
  @Test
  void answer_eventOfASchedule_leavesNothing() throws Exception {
    Run run =
        run(
            (request, record) -> {
              throw new AssertionError("no request was made");
            },
            new APIGatewayV2HTTPEvent());

    assertThat(run.response.getStatusCode()).isEqualTo(204);
    assertThat(run.records).isEmpty();
  }

  @Test
  void answer_headerNames_areLowerCase() throws Exception {
    APIGatewayV2HTTPEvent event = event("POST", "/");
    event.setHeaders(Map.of("Content-Type", "text/plain", "ORIGIN", "https://example.com"));

    Run run =
        run(
            (request, record) -> {
              assertThat(request.header("origin")).isEqualTo("https://example.com");
              assertThat(request.mediaType()).isEqualTo("text/plain");
              return HttpResponse.json(200, json.createObjectNode());
            },
            event);

    assertThat(run.response.getStatusCode()).isEqualTo(200);
  }

  private record Run(APIGatewayV2HTTPResponse response, List<JsonNode> records) {}

  private Run run(Endpoint endpoint, APIGatewayV2HTTPEvent event) throws Exception {
    return run(new HttpFunction(endpoint, TELEMETRY, nanoTimes::remove, RECORDS), event);
  }

  private Run run(HttpFunction function, APIGatewayV2HTTPEvent event) throws Exception {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn(REQUEST_ID);
    PrintStream stdout = System.out;
    ByteArrayOutputStream caught = new ByteArrayOutputStream();
    APIGatewayV2HTTPResponse response;
    System.setOut(new PrintStream(caught, true, UTF_8));
    try {
      response = function.answer(event, context);
    } finally {
      System.setOut(stdout);
    }
    List<JsonNode> records = new ArrayList<>();
    for (String line : caught.toString(UTF_8).split("\n", -1)) {
      if (line.contains("\"_aws\"")) {
        records.add(json.readTree(line));
      }
    }
    return new Run(response, records);
  }

  private static APIGatewayV2HTTPEvent event(String method, String path) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRawQueryString("")
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .build();
  }
}
