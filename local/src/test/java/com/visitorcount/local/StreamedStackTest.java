package com.visitorcount.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.stream.FailedBatch;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Streams, schedules and times to live of the real template. */
final class StreamedStackTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String ROLLUP = "RollupFunction";
  private static final String COMPACT = "CompactFunction";

  private final MovableClock clock = MovableClock.at(NOW);

  @Test
  void views_areHistoryWhenTheStreamHasSettled() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      count(stack, 3);
      assertThat(rows(stack)).isZero();

      stack.runner().settle();

      assertThat(rows(stack)).isEqualTo(3);
      assertThat(stack.runner().callsOf(ROLLUP))
          .containsExactlyInAnyOrder("dynamodb:PutItem", "dynamodb:BatchWriteItem");
      assertThat(stack.runner().failedBatches()).isEmpty();
    }
  }

  @Test
  void answersThatAreLost_andBatchesThatComeTwice_changeNothing() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      CountDownLatch losses = new CountDownLatch(3);
      stack
          .runner()
          .disturb(
              ROLLUP,
              rollup ->
                  event -> {
                    rollup.invoke(event);
                    byte[] answer = rollup.invoke(event);
                    if (losses.getCount() > 0) {
                      losses.countDown();
                      throw new IllegalStateException("answer lost on purpose");
                    }
                    return answer;
                  });
      count(stack, 5);

      stack.runner().settle();

      assertThat(losses.getCount()).isZero();
      assertThat(rows(stack)).isEqualTo(5);
      assertThat(stack.runner().failedBatches()).isEmpty();
    }
  }

  @Test
  void batchesThatFailForGood_areKeptWhole_andLaterOnesGoOn() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      CountDownLatch broken = new CountDownLatch(1);
      stack
          .runner()
          .disturb(
              ROLLUP,
              rollup ->
                  event -> {
                    if (broken.getCount() > 0) {
                      clock.move(Duration.ofHours(4));
                      throw new IllegalStateException("broken on purpose");
                    }
                    return rollup.invoke(event);
                  });
      count(stack, 1);
      stack.runner().settle();
      broken.countDown();
      count(stack, 2);
      stack.runner().settle();

      assertThat(stack.runner().failedBatches())
          .extracting(FailedBatch::condition)
          .containsExactly("RecordAgeExceeded");
      assertThat(rows(stack)).isEqualTo(2);
    }
  }

  @Test
  void schedule_runsWhenItIsDueByTheClock_onceTimeIsKept() throws Exception {
    List<JsonNode> events = new CopyOnWriteArrayList<>();
    CountDownLatch ran = new CountDownLatch(1);
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      stack
          .runner()
          .disturb(
              COMPACT,
              compact ->
                  event -> {
                    events.add(parsed(event));
                    ran.countDown();
                    return compact.invoke(event);
                  });
      stack.runner().keepTime();
      clock.set(Instant.parse("2026-11-25T12:10:00Z"));

      assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(events).hasSize(1);
    assertThat(events.get(0).at("/detail/alertHook").asText()).isEqualTo("none");
    assertThat(threads()).doesNotContain("ticker");
  }

  @Test
  void postToClose_bringsViewsToHistory_andClosesWhatIsOver() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      count(stack, 2);
      stack.runner().settle();
      clock.move(Duration.ofDays(2));
      count(stack, 1);

      HttpRequest close =
          HttpRequest.newBuilder(stack.site().resolve("/close"))
              .POST(BodyPublishers.noBody())
              .build();

      assertThat(HTTP.send(close, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
      assertThat(rows(stack)).isEqualTo(3);
      assertThat(stack.runner().callsOf(COMPACT))
          .containsExactlyInAnyOrder("dynamodb:Query", "dynamodb:PutItem", "dynamodb:DeleteItem");
    }
  }

  @Test
  void expire_deletesItemsOfEveryTable_byTheClock() {
    try (LocalStack stack = TestStack.start(Map.of(), clock);
        DynamoDbClient client =
            DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build()) {
      AttributeValue soon = AttributeValue.fromN(Long.toString(NOW.getEpochSecond() + 60));
      client.putItem(
          r -> r.tableName("VisitorCount").item(Map.of("id", text("#salt/x"), "exp", soon)));
      client.putItem(
          r ->
              r.tableName("VisitorHistory")
                  .item(Map.of("pk", text("a"), "sk", text("b"), "exp", soon)));

      stack.runner().expire();
      assertThat(client.scan(r -> r.tableName("VisitorHistory")).count()).isEqualTo(1);

      clock.move(Duration.ofSeconds(61));
      stack.runner().expire();
      assertThat(client.scan(r -> r.tableName("VisitorHistory")).count()).isZero();
      assertThat(client.scan(r -> r.tableName("VisitorCount")).count()).isZero();

      stack.runner().settle();
      assertThat(stack.runner().failedBatches()).isEmpty();
    }
  }

  @Test
  void viewsThatWereNotDeliveredAtTheEnd_areHistoryAfterTheNextStart(@TempDir Path data)
      throws Exception {
    LocalOptions options = new LocalOptions(TestStack.root(), 0, data, Map.of());
    Template template = Template.read(TestStack.template());
    try (LocalStack stack = LocalStack.start(options, template, Clock.systemUTC())) {
      count(stack, 4);
    }

    try (LocalStack stack = LocalStack.start(options, template, Clock.systemUTC())) {
      count(stack, 1);
      stack.runner().settle();
      assertThat(rows(stack)).isEqualTo(5);
    }

    try (LocalStack stack = LocalStack.start(options, template, Clock.systemUTC())) {
      CountDownLatch again = new CountDownLatch(1);
      stack
          .runner()
          .disturb(
              ROLLUP,
              rollup ->
                  event -> {
                    again.countDown();
                    return rollup.invoke(event);
                  });
      stack.runner().settle();
      assertThat(again.getCount()).as("what was handled does not come again").isEqualTo(1);
    }
  }

  @Test
  void start_withAnotherDynamoDb_leavesItsStreamAndTimesToIt() throws Exception {
    try (LocalStack owner = TestStack.start(Map.of(), clock)) {
      try (LocalStack stack =
          LocalStack.start(
              new LocalOptions(TestStack.root(), 0, null, Map.of()),
              Template.read(TestStack.template()),
              Map.of("AWS_ENDPOINT_URL_DYNAMODB", owner.runner().dynamoDbEndpoint().toString()),
              clock)) {
        count(stack, 1);
        stack.runner().settle();
        stack.runner().expire();

        assertThat(stack.runner().callsOf(ROLLUP)).isEmpty();
        assertThat(stack.runner().failedBatches()).isEmpty();
      }
      owner.runner().settle();
      assertThat(rows(owner)).isEqualTo(1);
    }
  }

  @Test
  void close_endsEveryDelivery() throws Exception {
    Set<String> before = threads();
    LocalStack stack = TestStack.start(Map.of("HistoryDelaySeconds", "300"), clock);
    stack.runner().keepTime();
    count(stack, 2);
    assertThat(threads()).contains(ROLLUP + "-0", ROLLUP + "-1", "ticker");

    stack.close();

    Set<String> after = threads();
    after.removeAll(before);
    assertThat(after).doesNotContain(ROLLUP + "-0", ROLLUP + "-1", "ticker");
  }

  @Test
  void start_ofAStreamWithTwoReaders_isOneSentence() throws IOException {
    String text = Files.readString(TestStack.template());
    String events = text.substring(text.indexOf("        Stream:\n"));
    String stream = events.substring(0, events.indexOf("\n\n") + 1);
    Template template =
        Template.parse(text.replace(stream, stream + stream.replace("Stream:\n", "Other:\n")));

    assertThatThrownBy(() -> TestStack.start(template))
        .isInstanceOf(LocalException.class)
        .hasMessage("The stream of VisitorCount has two readers, and sam-runner delivers to one.");
  }

  private static void count(LocalStack stack, int views) throws Exception {
    for (int view = 0; view < views; view++) {
      HttpRequest request =
          HttpRequest.newBuilder(stack.increment())
              .POST(BodyPublishers.ofString("{\"page\":\"a.example/\"}"))
              .build();
      assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static int rows(LocalStack stack) throws Exception {
    URI uri = stack.read().resolve("/api/v1/verify?page=a.example/");
    JsonNode account =
        JSON.readTree(
            HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    assertThat(account.has("rows")).as(account.toString()).isTrue();
    return account.get("rows").asInt();
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .collect(Collectors.toSet());
  }
}
