package com.visitorcount.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the jars write and answer when they run as Lambda runs them. Much of it goes wrong in the
 * jar alone: plugin caches that were not merged, a wrong slf4j, a class that is missing.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is for Linux")
final class PackagedFunctionTest {
  private static final String INCREMENT =
      "com.visitorcount.increment.IncrementHandler::handleRequest";
  private static final String READ = "com.visitorcount.read.ReadHandler::handleRequest";
  private static final String ROLLUP = "com.visitorcount.rollup.RollupHandler::handleRequest";
  private static final String COMPACT = "com.visitorcount.rollup.CompactHandler::handleRequest";
  private static final String SECRET_IP = "203.0.113.77";
  private static final String SECRET_AGENT = "SecretAgent/7";
  private static final ObjectMapper JSON = new ObjectMapper();

  private static LocalStack stack;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void increment_viewAndItsRetry_areAnsweredWithOneRecordEach() throws Exception {
    try (PackagedFunction function =
        start(jar("lambda-increment"), INCREMENT, stack.dynamoDbEndpoint())) {
      String first = UUID.randomUUID().toString();
      JsonNode counted = invoke(function, first, post("{\"page\":\"jar.test/a\",\"id\":\"v1\"}"));
      JsonNode again =
          invoke(
              function,
              UUID.randomUUID().toString(),
              post("{\"page\":\"jar.test/a\",\"id\":\"v1\"}"));

      assertThat(counted.get("statusCode").asInt()).isEqualTo(200);
      assertThat(counted.get("body").textValue())
          .isEqualTo("{\"page\":\"jar.test/a\",\"count\":1}");
      assertThat(again.get("body")).isEqualTo(counted.get("body"));
      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(2);
      JsonNode record = lines.get(0);
      assertThat(record.get("Views").asInt()).isEqualTo(1);
      assertThat(record.get("ColdStart").asInt()).isEqualTo(1);
      assertThat(record.get("Latency").isNumber()).isTrue();
      assertThat(record.get("page").textValue()).isEqualTo("jar.test/a");
      assertThat(record.get("requestId").textValue()).isEqualTo(first);
      assertThat(record.get("function").textValue()).isEqualTo("IncrementFunction");
      assertThat(series(lines))
          .containsExactlyInAnyOrder(
              "Views Service=VisitorCount",
              "NewPages Service=VisitorCount",
              "DuplicateViews Service=VisitorCount",
              "ColdStart Service=VisitorCount",
              "Latency Service=VisitorCount");
      assertThat(lines.get(1).has("Views")).isFalse();
      assertThat(function.stderr()).isEmpty();
    }
  }

  /** The hooks that libraries have there must not end the process, and no metric may be lost. */
  @Test
  void read_restoredBySnapStart_answersAndCountsTheColdStart() throws Exception {
    Map<String, String> environment = environment(stack.dynamoDbEndpoint());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    try (PackagedFunction function =
        PackagedFunction.start(jar("lambda-read"), READ, environment, directory)) {
      JsonNode response = invoke(function, UUID.randomUUID().toString(), get("page=a"));

      assertThat(response.get("statusCode").asInt()).isEqualTo(200);
      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).get("ColdStart").asInt()).isEqualTo(1);
      assertThat(function.stderr()).isEmpty();
    }
  }

  @Test
  void read_counts_areAnsweredWithOneRecord() throws Exception {
    try (PackagedFunction function = start(jar("lambda-read"), READ, stack.dynamoDbEndpoint())) {
      JsonNode one = invoke(function, UUID.randomUUID().toString(), get("page=jar.test%2Funseen"));
      JsonNode two = invoke(function, UUID.randomUUID().toString(), get("page=a&page=jar.test/b"));

      assertThat(one.get("body").textValue())
          .isEqualTo("{\"page\":\"jar.test/unseen\",\"count\":0}");
      assertThat(two.get("body").textValue()).isEqualTo("{\"counts\":{\"a\":0,\"jar.test/b\":0}}");
      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1).get("Reads").asInt()).isEqualTo(1);
      assertThat(function.stderr()).isEmpty();
    }
  }

  @Test
  void increment_dynamoDbDown_is503WithOneErrorLineThatHasTheRequestId() throws Exception {
    try (PackagedFunction function =
        start(jar("lambda-increment"), INCREMENT, URI.create("http://127.0.0.1:9/"))) {
      String requestId = UUID.randomUUID().toString();
      JsonNode response = invoke(function, requestId, post("{\"page\":\"jar.test/down\"}"));

      assertThat(response.get("statusCode").asInt()).isEqualTo(503);
      assertThat(response.get("headers").get("retry-after").textValue()).isEqualTo("1");
      assertThat(response.get("headers").get("content-type").textValue())
          .isEqualTo("application/problem+json");
      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(2);
      JsonNode error = lines.get(0);
      assertThat(error.get("level").textValue()).isEqualTo("ERROR");
      assertThat(error.get("message").textValue()).contains("counters are unavailable");
      assertThat(error.get("function_request_id").textValue()).isEqualTo(requestId);
      assertThat(error.get("service").textValue()).isEqualTo("VisitorCount");
      assertThat(lines.get(1).get("Faults").asInt()).isEqualTo(1);
      assertThat(function.stderr()).isEmpty();
    }
  }

  /**
   * Cases B39 and B40: whatever a client sends, it makes no line of its own and no metric of its
   * own.
   */
  @Test
  void increment_hostileRequests_leaveOneWellFormedRecordEachInFewSeries() throws Exception {
    try (PackagedFunction function =
        start(jar("lambda-increment"), INCREMENT, stack.dynamoDbEndpoint())) {
      List<String> events = new ArrayList<>();
      events.add(
          post("{\"page\":\"/a%0a{\\\"level\\\":\\\"ERROR\\\",\\\"msg\\\":\\\"forged\\\"}\"}"));
      events.add(post("{\"page\":\"/a\\u2028{\\\"level\\\":\\\"ERROR\\\"}\"}"));
      events.add(post("{\"page\":\"/\\\"},{\\\"_aws\\\":{}}\"}"));
      events.add(post("{\"page\":\"/\\u001b[31m\"}"));
      events.add(post("{\"page\":\"\\u202e/x\"}"));
      events.add(post("not json " + SECRET_IP));
      events.add(event("POST", "/", "", "{}", Map.of("user-agent", "x\r\n{\"level\":\"ERROR\"}")));
      events.add(event("POST", "/", "", null, Map.of("user-agent", "x".repeat(65_536))));
      events.add(event("POST", "/", "", null, Map.of("user-agent", "\u2028\u001B[31m\u0000")));
      events.add(event("POST", "/" + "%0a".repeat(3_000), "", null, Map.of()));
      events.add("{}");
      for (int i = 0; i < 60; i++) {
        events.add(event("XYZ" + i, "/", "", null, Map.of("x-forwarded-for", "10.0.0." + i)));
        events.add(post("{\"page\":\"jar.test/p" + i + "\"}"));
      }
      for (String event : events) {
        JsonNode response = invoke(function, UUID.randomUUID().toString(), event);
        assertThat(response.get("statusCode").asInt()).as(event).isBetween(200, 499);
      }

      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(events.size()).allMatch(line -> line.has("_aws"));
      assertThat(series(lines))
          .containsExactlyInAnyOrder(
              "Views Service=VisitorCount",
              "NewPages Service=VisitorCount",
              "RejectedRequests Service=VisitorCount",
              "ColdStart Service=VisitorCount",
              "Latency Service=VisitorCount");
      assertThat(String.join("\n", function.stdout()))
          .doesNotContain(SECRET_IP, SECRET_AGENT, "10.0.0.", "xxxxxxxx", "forged\"}\n");
      assertThat(function.stderr()).isEmpty();
    }
  }

  /** Lambda reads the dates of such an event with a library that it looks for in the jar. */
  @Test
  void rollup_batchWithARecordThatCannotBeRead_storesTheOthersAndNamesIt() throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String batch =
        "{\"Records\":[%s,%s,%s]}"
            .formatted(
                streamed("111", now, "\"views\":{\"N\":\"1\"}"),
                streamed("222", now, "\"views\":{\"S\":\"two\"}"),
                streamed("333", now, "\"salt\":{\"B\":\"AAECAw==\"}"));
    try (PackagedFunction function =
        start(jar("lambda-rollup"), ROLLUP, stack.dynamoDbEndpoint())) {
      JsonNode answer = invoke(function, UUID.randomUUID().toString(), batch);

      assertThat(answer)
          .isEqualTo(JSON.readTree("{\"batchItemFailures\":[{\"itemIdentifier\":\"222\"}]}"));
      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(2);
      assertThat(lines.get(0).get("level").textValue()).isEqualTo("ERROR");
      assertThat(lines.get(0).get("message").textValue()).contains("222");
      assertThat(lines.get(1).get("ViewsRolledUp").asInt()).isEqualTo(1);
      assertThat(lines.get(1).get("records").textValue()).isEqualTo("3");
      assertThat(series(lines))
          .containsExactlyInAnyOrder(
              "ViewsRolledUp Service=VisitorCount",
              "Faults Service=VisitorCount",
              "ColdStart Service=VisitorCount",
              "Latency Service=VisitorCount");
      assertThat(function.stderr()).isEmpty();
    }
  }

  @Test
  void compact_scheduledEvent_isDoneWithOneRecord() throws Exception {
    String event =
        """
        {"version":"0","id":"53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa","detail-type":"Scheduled Event",\
        "source":"aws.events","account":"123456789012","time":"2026-11-25T10:10:00Z",\
        "region":"us-east-1","resources":["arn:aws:events:us-east-1:123456789012:rule/hourly"],\
        "detail":{}}""";
    try (PackagedFunction function =
        start(jar("lambda-rollup"), COMPACT, stack.dynamoDbEndpoint())) {
      invoke(function, UUID.randomUUID().toString(), event);

      List<JsonNode> lines = lines(function);
      assertThat(lines).hasSize(1);
      assertThat(lines.get(0).get("sites").isTextual()).isTrue();
      assertThat(lines.get(0).has("Faults")).isFalse();
      assertThat(function.stderr()).isEmpty();
    }
  }

  private static String streamed(String number, long second, String attribute) {
    return """
        {"eventID":"%1$s","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",\
        "awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":%2$d,\
        "Keys":{"id":{"S":"jar.test/streamed"}},\
        "NewImage":{"id":{"S":"jar.test/streamed"},%3$s},"SequenceNumber":"%1$s",\
        "SizeBytes":59,"StreamViewType":"NEW_AND_OLD_IMAGES"},\
        "eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/VisitorCount/stream/x"}"""
        .formatted(number, second, attribute);
  }

  private PackagedFunction start(Path jar, String handler, URI dynamoDb) throws Exception {
    return PackagedFunction.start(jar, handler, environment(dynamoDb), directory);
  }

  private static Map<String, String> environment(URI dynamoDb) {
    Map<String, String> environment = new HashMap<>();
    environment.put("TABLE_NAME", "VisitorCount");
    environment.put("HISTORY_TABLE_NAME", "VisitorHistory");
    environment.put("PUBLIC_STATISTICS", "true");
    environment.put("ALLOWED_ORIGINS", "*");
    environment.put("SITES", "");
    environment.put("KEPT_QUERY_PARAMETERS", "");
    environment.put("POWERTOOLS_SERVICE_NAME", "VisitorCount");
    environment.put("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount");
    environment.put("AWS_LAMBDA_FUNCTION_NAME", "IncrementFunction");
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    environment.put("AWS_LAMBDA_LOG_LEVEL", "INFO");
    environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "local");
    environment.put("AWS_SECRET_ACCESS_KEY", "local");
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString());
    return environment;
  }

  private static Path jar(String module) {
    return TestStack.root().resolve(module).resolve("target").resolve(module + "-function.jar");
  }

  private static JsonNode invoke(PackagedFunction function, String requestId, String event)
      throws Exception {
    return JSON.readTree(function.invoke(requestId, event));
  }

  /** Every line on standard output, each of which must be one JSON object. */
  private static List<JsonNode> lines(PackagedFunction function) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : function.stdout()) {
      JsonNode json = JSON.readTree(line);
      assertThat(json.isObject()).as(line).isTrue();
      lines.add(json);
    }
    return lines;
  }

  /** What CloudWatch would make metric series of. */
  private static Set<String> series(List<JsonNode> records) {
    Set<String> series = new TreeSet<>();
    for (JsonNode record : records) {
      for (JsonNode directive : record.at("/_aws/CloudWatchMetrics")) {
        for (JsonNode metric : directive.get("Metrics")) {
          for (JsonNode dimensions : directive.get("Dimensions")) {
            StringBuilder name = new StringBuilder(metric.get("Name").textValue());
            dimensions.forEach(
                dimension ->
                    name.append(' ')
                        .append(dimension.textValue())
                        .append('=')
                        .append(record.get(dimension.textValue()).textValue()));
            series.add(name.toString());
          }
        }
      }
    }
    return series;
  }

  private static String post(String body) {
    return event("POST", "/", "", body, Map.of("content-type", "application/json"));
  }

  private static String get(String query) {
    return event("GET", "/", query, null, Map.of());
  }

  private static String event(
      String method, String path, String query, String body, Map<String, String> headers) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", "$default");
    event.put("rawPath", path).put("rawQueryString", query);
    ObjectNode all = event.putObject("headers");
    all.put("x-forwarded-for", SECRET_IP).put("user-agent", SECRET_AGENT);
    headers.forEach(all::put);
    ObjectNode context = event.putObject("requestContext");
    context.put("requestId", UUID.randomUUID().toString()).put("domainName", "x.lambda-url.test");
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", SECRET_IP)
        .put("userAgent", SECRET_AGENT);
    if (body != null) {
      event.put("body", body);
    }
    event.put("isBase64Encoded", false);
    return event.toString();
  }
}
