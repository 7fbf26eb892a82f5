package com.visitorcount.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.local.store.FaultProxy;
import com.visitorcount.local.store.FaultProxy.Fault;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.stream.FailedBatch;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The history table is down for hours, or a record cannot be read: no view is lost. */
final class OutageTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-25T17:30:00Z");
  private static final List<String> PAGES = List.of("a.example/", "a.example/b", "c.example/");
  private static final String INVOCATIONS = "/2015-03-31/functions/RollupFunction/invocations";
  private static final String NO_FAILURES = "{\"batchItemFailures\":[]}";
  private static final String BUCKET = "GivenUpBatches";

  private final MovableClock clock = MovableClock.at(NOW);
  private final AtomicReference<CountDownLatch> outage = new AtomicReference<>();
  private final AtomicReference<FaultProxy> proxy = new AtomicReference<>();

  @Test
  void elevenHoursWithoutHistory_loseNoView() throws Exception {
    try (LocalStack stack = start();
        FaultProxy between = proxy.get()) {
      outageOf(stack, 11);
      outage.set(null);
      stack.runner().settle();

      assertThat(stack.runner().failedBatches()).isEmpty();
      assertThat(stack.runner().objects(BUCKET)).isEmpty();
      assertThatAllIsThere(stack, 11);
      clock.move(Duration.ofDays(3));
      stack.runner().runSchedules();
      assertThatAllIsThere(stack, 11);
      assertThat(between.calls()).isPositive();
    }
  }

  @Test
  void thirteenHoursWithoutHistory_leaveWhatCanBePutBackWeeksLater() throws Exception {
    try (LocalStack stack = start();
        FaultProxy between = proxy.get()) {
      outageOf(stack, 11);
      clock.move(Duration.ofHours(2));
      awaitObject(stack);
      outage.set(null);
      stack.runner().settle();
      clock.move(Duration.ofDays(20));
      stack.runner().runSchedules();

      assertThat(stack.runner().failedBatches())
          .extracting(FailedBatch::condition)
          .containsOnly("RecordAgeExceeded");
      assertThat(stack.runner().objects(BUCKET)).hasSameSizeAs(stack.runner().failedBatches());
      assertThat(lost(stack)).as("until it is put back").isPositive();

      for (int time = 1; time <= 2; time++) {
        for (Path object : stack.runner().objects(BUCKET)) {
          String payload = JSON.readTree(Files.readString(object)).get("payload").asText();
          assertThat(invoke(stack, payload).body()).isEqualTo(NO_FAILURES);
        }
        clock.move(Duration.ofHours(1));
        stack.runner().runSchedules();
        assertThatAllIsThere(stack, 11);
      }
      assertThat(between.calls()).isPositive();
    }
  }

  @Test
  void recordThatCannotBeRead_waitsAsideUntilItIsPutBack_caseB6() throws Exception {
    try (LocalStack stack = start();
        FaultProxy between = proxy.get();
        DynamoDbClient client =
            DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build()) {
      count(stack, "a.example/");
      client.updateItem(
          update ->
              update
                  .tableName("VisitorCount")
                  .key(Map.of("id", AttributeValue.fromS("a.example/")))
                  .updateExpression("SET #last = :last ADD #views :one")
                  .expressionAttributeNames(Map.of("#last", "last", "#views", "views"))
                  .expressionAttributeValues(
                      Map.of(
                          ":last",
                          AttributeValue.fromS("of another version"),
                          ":one",
                          AttributeValue.fromN("1"))));
      count(stack, "a.example/");
      stack.runner().settle();

      assertThat(stack.runner().failedBatches()).isEmpty();
      assertThat(verified(stack, "a.example/").get("rows").asInt()).isEqualTo(2);
      assertThatThrownBy(stack.runner()::runSchedules).hasStackTraceContaining("set aside");
      String record = setAside(client).get(0);

      String document = "{\"version\":\"1.0\",\"payload\":\"{}\"}";
      assertThat(invoke(stack, document).body()).contains("The event has no Records");
      assertThat(invoke(stack, "{\"Records\":[" + record + "]}").body()).isEqualTo(NO_FAILURES);
      assertThat(setAside(client)).as("by the same version").containsExactly(record);

      ObjectNode readable = (ObjectNode) JSON.readTree(record);
      ((ObjectNode) readable.at("/dynamodb/NewImage"))
          .set("last", readable.at("/dynamodb/OldImage/last"));
      assertThat(invoke(stack, "{\"Records\":[" + readable + "]}").body()).isEqualTo(NO_FAILURES);
      JsonNode account = verified(stack, "a.example/");
      assertThat(account.get("rows").asInt()).isEqualTo(3);
      assertThat(account.get("adds_up").asBoolean()).isTrue();
      assertThat(between.calls()).isPositive();
    }
  }

  private LocalStack start() {
    return LocalStack.startMadeUp(
        new LocalOptions(TestStack.root(), 0, null, Map.of("HistoryDelaySeconds", "1")),
        Template.read(TestStack.template()),
        clock,
        this::between);
  }

  private URI between(URI dynamoDb) {
    try {
      proxy.set(FaultProxy.spoiling(dynamoDb, this::fault));
      return proxy.get().endpoint();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Fault fault(FaultProxy.Call call) {
    CountDownLatch refused = outage.get();
    if (refused == null || !call.body().contains("VisitorHistory")) {
      return Fault.NONE;
    }
    refused.countDown();
    return Fault.ANSWERED_500;
  }

  /** A view of each page in each hour, while the history table answers only errors. */
  private void outageOf(LocalStack stack, int hours) throws Exception {
    CountDownLatch refused = new CountDownLatch(20);
    outage.set(refused);
    for (int hour = 0; hour < hours; hour++) {
      for (String page : PAGES) {
        count(stack, page);
      }
      if (hour == 0) {
        assertThat(refused.await(30, TimeUnit.SECONDS)).as("batches are tried").isTrue();
      }
      clock.move(Duration.ofHours(1));
    }
  }

  private static void awaitObject(LocalStack stack) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (stack.runner().objects(BUCKET).isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void assertThatAllIsThere(LocalStack stack, int viewsOfAPage) throws Exception {
    for (String page : PAGES) {
      JsonNode account = verified(stack, page);
      assertThat(account.get("rows").asInt()).as(account.toString()).isEqualTo(viewsOfAPage);
      assertThat(account.get("lost").asInt()).as(account.toString()).isZero();
      assertThat(account.get("adds_up").asBoolean()).as(account.toString()).isTrue();
    }
  }

  private static int lost(LocalStack stack) throws Exception {
    int lost = 0;
    for (String page : PAGES) {
      lost += verified(stack, page).get("lost").asInt();
    }
    return lost;
  }

  private static JsonNode verified(LocalStack stack, String page) throws Exception {
    URI uri = stack.read().resolve("/api/v1/verify?page=" + page);
    return JSON.readTree(
        HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
  }

  private static List<String> setAside(DynamoDbClient client) {
    return client
        .query(
            query ->
                query
                    .tableName("VisitorHistory")
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS("#set-aside"))))
        .items()
        .stream()
        .map(item -> item.get("z").b().asUtf8String())
        .toList();
  }

  private static HttpResponse<String> invoke(LocalStack stack, String payload) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.site().resolve(INVOCATIONS))
            .POST(BodyPublishers.ofString(payload, UTF_8))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static void count(LocalStack stack, String page) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .POST(BodyPublishers.ofString("{\"page\":\"" + page + "\"}"))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}
