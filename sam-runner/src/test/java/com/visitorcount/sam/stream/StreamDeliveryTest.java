package com.visitorcount.sam.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.database.TableWrite;
import com.visitorcount.sam.function.Handlers;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.storage.Buckets;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.StreamTrigger;
import com.visitorcount.sam.template.TableResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StreamDeliveryTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-25T01:02:03.456Z");
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String BUCKET = "Failures";
  private static final TableResource TABLE =
      new TableResource(
          "Counts",
          List.of(new TableResource.Key("id", "HASH", "S")),
          true,
          Optional.empty(),
          Optional.empty());

  @TempDir private Path data;
  private Buckets buckets = Buckets.open(null);

  private final MovableClock clock = MovableClock.at(NOW);
  private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();

  @Test
  void batch_thatIsFull_waitsNoLonger() throws Exception {
    CountDownLatch delivered = new CountDownLatch(2);
    try (StreamDelivery delivery =
        start(mapping().batchSize(3).window(LONG), counting(delivered))) {
      write(delivery, 1, 6);

      assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(4, 5, 6));
  }

  @Test
  void batch_thatIsNotFull_goesWhenItsWindowIsOver() throws Exception {
    CountDownLatch delivered = new CountDownLatch(1);
    try (StreamDelivery delivery =
        start(mapping().window(Duration.ofSeconds(1)), counting(delivered))) {
      write(delivery, 1, 1);

      assertThat(delivered.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void batch_thatIsAwaited_doesNotWaitForItsWindow() {
    try (StreamDelivery delivery = start(mapping().window(LONG), event -> "{}")) {
      write(delivery, 1, 2);
      delivery.awaitDelivered();

      assertThat(batches).containsExactly(List.of(1, 2));
      assertThat(finished).containsExactlyInAnyOrder("000000001", "000000002");
    }
  }

  @Test
  void records_ofManyKeys_areInOrderForEachKey() {
    List<String> seen = new CopyOnWriteArrayList<>();
    Invoker function =
        event -> {
          for (JsonNode record : parsed(event)) {
            seen.add(record.at("/dynamodb/Keys/id/S").asText() + number(record));
          }
          return "{}".getBytes(UTF_8);
        };
    try (StreamDelivery delivery = startRaw(mapping().batchSize(7).parallelization(2), function)) {
      for (int number = 1; number <= 200; number++) {
        for (String key : List.of("a", "b", "c", "d", "e")) {
          delivery.accept(write(key, number));
        }
      }
      delivery.awaitDelivered();
    }
    for (String key : List.of("a", "b", "c", "d", "e")) {
      assertThat(seen.stream().filter(it -> it.startsWith(key)).map(it -> it.substring(1)))
          .containsExactlyElementsOf(
              Stream.iterate(1, it -> it + 1).limit(200).map(String::valueOf).toList());
    }
  }

  @Test
  void record_isWhatDynamoDbStreamsMake() {
    List<JsonNode> records = new CopyOnWriteArrayList<>();
    Invoker function =
        event -> {
          parsed(event).forEach(records::add);
          return "null".getBytes(UTF_8);
        };
    try (StreamDelivery delivery = startRaw(mapping(), function)) {
      JsonNode item = item("a", 1);
      delivery.accept(new TableWrite("Counts", "1", NOW, null, item, false));
      delivery.accept(new TableWrite("Counts", "2", NOW, item, item("a", 2), false));
      delivery.accept(new TableWrite("Counts", "3", NOW, item, null, true));
      delivery.awaitDelivered();
    }

    assertThat(records)
        .extracting(record -> record.get("eventName").asText())
        .containsExactly("INSERT", "MODIFY", "REMOVE");
    JsonNode modify = records.get(1);
    assertThat(modify.get("eventVersion").asText()).isEqualTo("1.1");
    assertThat(modify.get("eventSource").asText()).isEqualTo("aws:dynamodb");
    assertThat(modify.get("awsRegion").asText()).isEqualTo("us-east-1");
    assertThat(modify.get("eventSourceARN").asText()).isEqualTo(Arn.ofStream("Counts"));
    assertThat(modify.has("userIdentity")).isFalse();
    JsonNode change = modify.get("dynamodb");
    assertThat(change.get("ApproximateCreationDateTime").asLong()).isEqualTo(NOW.getEpochSecond());
    assertThat(change.get("Keys").toString()).isEqualTo("{\"id\":{\"S\":\"a\"}}");
    assertThat(change.get("OldImage")).isEqualTo(item("a", 1));
    assertThat(change.get("NewImage")).isEqualTo(item("a", 2));
    assertThat(change.get("SequenceNumber").asText()).isEqualTo("2");
    assertThat(change.get("SizeBytes").asInt()).isPositive();
    assertThat(change.get("StreamViewType").asText()).isEqualTo("NEW_AND_OLD_IMAGES");
    assertThat(records.get(0).get("dynamodb").has("OldImage")).isFalse();
    assertThat(records.get(2).get("dynamodb").has("NewImage")).isFalse();
    assertThat(records.get(2).get("userIdentity").toString())
        .isEqualTo("{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}");
  }

  @Test
  void event_isReadByAwsOwnTypes_andItsAnswerIsUnderstood() {
    List<String> answers = new CopyOnWriteArrayList<>();
    LambdaFunction handler = Handlers.load(Handlers.Streaming.class, Map.of());
    Invoker function =
        event -> {
          byte[] answer = handler.invoke(event);
          answers.add(new String(answer, UTF_8));
          return answer;
        };
    JsonNode item =
        JSON.valueToTree(
            Map.of("id", Map.of("S", "a"), "n", Map.of("N", "1"), "b", Map.of("B", "AAEC")));
    try (StreamDelivery delivery = startRaw(mapping().retries(0), function)) {
      delivery.accept(new TableWrite("Counts", "7", NOW, null, item, false));
      delivery.awaitDelivered();
    }

    assertThat(answers)
        .containsExactly(
            "{\"batchItemFailures\":[{\"itemIdentifier\":"
                + "\"INSERT 7 2026-11-25T01:02:03Z a 1 3 -\"}]}");
  }

  @Test
  void filter_passesOverWhatMatchesNoPattern() {
    try (StreamDelivery delivery =
        start(
            mapping().filters("{\"dynamodb\":{\"NewImage\":{\"n\":{\"N\":[\"2\"]}}}}"),
            e -> "{}")) {
      write(delivery, 1, 3);
      delivery.awaitDelivered();

      assertThat(batches).containsExactly(List.of(2));
      assertThat(finished).hasSize(3);
    }
  }

  @Test
  void failureThatIsReported_isWhereTheNextTryBegins() {
    Set<Integer> failing = new HashSet<>(Set.of(3));
    try (StreamDelivery delivery =
        start(mapping(), event -> failing.remove(3) ? failure(3) : "{\"batchItemFailures\":[]}")) {
      write(delivery, 1, 5);
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches()).isEmpty();
    }
    assertThat(batches).containsExactly(List.of(1, 2, 3, 4, 5), List.of(3, 4, 5));
  }

  @Test
  void failuresThatAreReported_countFromTheLowest() {
    List<String> answers =
        new ArrayList<>(
            List.of(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"000000004\"},"
                    + "{\"itemIdentifier\":\"000000002\"}]}"));
    try (StreamDelivery delivery =
        start(mapping(), event -> answers.isEmpty() ? "{}" : answers.remove(0))) {
      write(delivery, 1, 5);
      delivery.awaitDelivered();
    }
    assertThat(batches).containsExactly(List.of(1, 2, 3, 4, 5), List.of(2, 3, 4, 5));
  }

  @Test
  void failureThatNamesNoRecord_isThatOfTheBatch() {
    List<String> answers =
        new ArrayList<>(
            List.of(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"wrong\":\"000000002\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"77\"}]}"));
    try (StreamDelivery delivery =
        start(
            mapping().bisect(false),
            event -> answers.isEmpty() ? "{\"batchItemFailures\":null}" : answers.remove(0))) {
      write(delivery, 1, 3);
      delivery.awaitDelivered();
    }
    assertThat(batches).hasSize(5).containsOnly(List.of(1, 2, 3));
  }

  @Test
  void failure_withoutReporting_isNotReadFromTheAnswer() {
    try (StreamDelivery delivery = start(mapping().reports(false), event -> failure(1))) {
      write(delivery, 1, 3);
      delivery.awaitDelivered();
    }
    assertThat(batches).containsExactly(List.of(1, 2, 3));
  }

  @Test
  void poison_isGivenUpAloneAfterItsRetries_andTheRestGoesOn() {
    try (StreamDelivery delivery = start(mapping().retries(2), throwingOn(4))) {
      write(delivery, 1, 6);
      delivery.awaitDelivered();
      write(delivery, 7, 8);
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches()).hasSize(1);
      FailedBatch failed = delivery.failedBatches().get(0);
      assertThat(failed.condition()).isEqualTo("RetryAttemptsExhausted");
      assertThat(failed.invokeCount()).isEqualTo(3);
      assertThat(finished).hasSize(8);
    }
    assertThat(batches)
        .containsExactly(
            List.of(1, 2, 3, 4, 5, 6),
            List.of(1, 2, 3),
            List.of(4, 5, 6),
            List.of(4),
            List.of(4),
            List.of(4),
            List.of(5, 6),
            List.of(7, 8));
  }

  @Test
  void poisonThatIsReported_isGivenUpAlone_andWhatWasBeforeItDoesNotComeAgain() {
    try (StreamDelivery delivery =
        start(mapping().retries(1), numbers -> numbers.contains(4) ? failure(4) : "{}")) {
      write(delivery, 1, 6);
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches()).hasSize(1);
    }
    assertThat(batches)
        .containsExactly(
            List.of(1, 2, 3, 4, 5, 6), List.of(4, 5, 6), List.of(4), List.of(4), List.of(5, 6));
  }

  @Test
  void poison_withoutBisecting_takesItsBatchWithIt() {
    try (StreamDelivery delivery =
        start(mapping().bisect(false).retries(1).batchSize(3), throwingOn(2))) {
      write(delivery, 1, 4);
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches()).extracting(FailedBatch::batchSize).containsExactly(3);
    }
    assertThat(batches).containsExactly(List.of(1, 2, 3), List.of(1, 2, 3), List.of(4));
  }

  @Test
  void recordThatIsTooOld_isGivenUp_andTheOthersGoOn() {
    try (StreamDelivery delivery = start(mapping().maxAge(Duration.ofHours(1)), e -> "{}")) {
      delivery.accept(write("a", 1));
      clock.move(Duration.ofHours(1).plusMillis(1));
      delivery.accept(write("a", 2));
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches())
          .extracting(FailedBatch::condition, FailedBatch::endSequenceNumber)
          .containsExactly(tuple("RecordAgeExceeded", "000000001"));
    }
    assertThat(batches).containsExactly(List.of(2));
  }

  @Test
  void batchThatFailsUntilItIsTooOld_isGivenUp() {
    Invoker function =
        event -> {
          clock.move(Duration.ofMinutes(20));
          throw new IllegalStateException("on purpose");
        };
    try (StreamDelivery delivery =
        startRaw(mapping().retries(-1).maxAge(Duration.ofHours(1)), function)) {
      delivery.accept(write("a", 1));
      delivery.awaitDelivered();

      assertThat(delivery.failedBatches()).hasSize(1);
      FailedBatch failed = delivery.failedBatches().get(0);
      assertThat(failed.condition()).isEqualTo("RecordAgeExceeded");
      assertThat(failed.invokeCount()).isEqualTo(4);
    }
  }

  @Test
  void failedBatch_isAnObjectAsLambdaWritesIt() throws Exception {
    buckets = Buckets.open(data);
    try (StreamDelivery delivery = start(mapping().bisect(false).retries(0), throwingOn(1))) {
      write(delivery, 1, 2);
      delivery.awaitDelivered();
    }

    Path object = buckets.objects(BUCKET).get(0);
    assertThat(buckets.objects(BUCKET)).hasSize(1);
    String uuid = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    assertThat(data.resolve("s3").resolve(BUCKET).relativize(object).toString())
        .matches(
            "aws/lambda/%1$s/shardId-[0-9]{20}-local/2026/11/25/2026-11-25T01\\.02\\.03-%1$s"
                .formatted(uuid));
    JsonNode content = JSON.readTree(Files.readString(object));
    assertThat(content.at("/requestContext/functionArn").asText())
        .isEqualTo("arn:aws:lambda:us-east-1:123456789012:function:Rollup");
    assertThat(content.at("/requestContext/condition").asText())
        .isEqualTo("RetryAttemptsExhausted");
    assertThat(content.at("/requestContext/approximateInvokeCount").asInt()).isEqualTo(1);
    assertThat(content.get("responseContext").toString())
        .isEqualTo(
            "{\"statusCode\":200,\"executedVersion\":\"$LATEST\",\"functionError\":\"Unhandled\"}");
    assertThat(content.get("version").asText()).isEqualTo("1.0");
    assertThat(content.get("timestamp").asText()).isEqualTo("2026-11-25T01:02:03.456Z");
    JsonNode info = content.get("DDBStreamBatchInfo");
    assertThat(info.get("shardId").asText()).startsWith("shardId-");
    assertThat(info.get("startSequenceNumber").asText()).isEqualTo("000000001");
    assertThat(info.get("endSequenceNumber").asText()).isEqualTo("000000002");
    assertThat(info.get("approximateArrivalOfFirstRecord").asText())
        .isEqualTo("2026-11-25T01:02:03.456Z");
    assertThat(info.get("batchSize").asInt()).isEqualTo(2);
    assertThat(info.get("streamArn").asText()).isEqualTo(Arn.ofStream("Counts"));
    assertThat(numbers(content.get("payload").asText().getBytes(UTF_8))).containsExactly(1, 2);
  }

  @Test
  void failedBatch_thatTheBucketDoesNotTake_holdsUpNothing() throws Exception {
    Files.writeString(data.resolve("s3"), "a file where a folder belongs");
    buckets = Buckets.open(data);
    try (StreamDelivery delivery = start(mapping().retries(0), throwingOn(1))) {
      write(delivery, 1, 2);
      delivery.awaitDelivered();
    }

    assertThat(batches).last().isEqualTo(List.of(2));
    assertThat(buckets.objects(BUCKET)).isEmpty();
  }

  @Test
  void close_letsTheInvocationUnderWayEnd_andStartsNoOther() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Invoker function =
        event -> {
          batches.add(numbers(event));
          entered.countDown();
          await(leave);
          return "{}".getBytes(UTF_8);
        };
    StreamDelivery delivery = startRaw(mapping().batchSize(1), function);
    write(delivery, 1, 3);
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();

    Thread closing = new Thread(delivery::close);
    closing.start();
    awaitState(closing, Thread.State.TIMED_WAITING);
    leave.countDown();
    closing.join(TimeUnit.SECONDS.toMillis(20));

    assertThat(closing.isAlive()).isFalse();
    assertThat(batches).containsExactly(List.of(1));
  }

  /** By then it has closed the queues, and waits for work in progress. */
  private static void awaitState(Thread thread, Thread.State state) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (thread.getState() != state) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A function's answer to the numbers of a batch. */
  private interface Answers {
    String to(List<Integer> numbers);
  }

  private StreamDelivery start(Mapping mapping, Answers answers) {
    return startRaw(
        mapping,
        event -> {
          List<Integer> numbers = numbers(event);
          batches.add(numbers);
          return answers.to(numbers).getBytes(UTF_8);
        });
  }

  private StreamDelivery startRaw(Mapping mapping, Invoker function) {
    return StreamDelivery.start(
        "Rollup", mapping.build(), TABLE, function, clock, buckets, finished::addAll);
  }

  private static Answers counting(CountDownLatch latch) {
    return numbers -> {
      latch.countDown();
      return "{}";
    };
  }

  private static Answers throwingOn(int poison) {
    return numbers -> {
      if (numbers.contains(poison)) {
        throw new IllegalStateException("poison");
      }
      return "{}";
    };
  }

  private static String failure(int number) {
    return "{\"batchItemFailures\":[{\"itemIdentifier\":\"%09d\"}]}".formatted(number);
  }

  private void write(StreamDelivery delivery, int first, int last) {
    for (int number = first; number <= last; number++) {
      delivery.accept(write("a", number));
    }
  }

  private TableWrite write(String key, int number) {
    return new TableWrite(
        "Counts", "%09d".formatted(number), clock.instant(), null, item(key, number), false);
  }

  private static JsonNode item(String key, int number) {
    return JSON.valueToTree(
        Map.of(
            "id", Map.of("S", key),
            "n", Map.of("N", Integer.toString(number))));
  }

  private static List<Integer> numbers(byte[] event) {
    List<Integer> numbers = new ArrayList<>();
    parsed(event).forEach(record -> numbers.add(number(record)));
    return numbers;
  }

  private static int number(JsonNode record) {
    return record.at("/dynamodb/NewImage/n/N").asInt();
  }

  private static JsonNode parsed(byte[] event) {
    try {
      return JSON.readTree(event).get("Records");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Mapping mapping() {
    return new Mapping();
  }

  /**
   * A mapping with whole batches, bisecting and reporting failures, plus the changes that a test
   * needs.
   */
  private static final class Mapping {
    private int batchSize = 100;
    private Duration window = LONG;
    private int parallelization = 1;
    private boolean bisect = true;
    private OptionalInt retries = OptionalInt.of(5);
    private Optional<Duration> maxAge = Optional.empty();
    private boolean reports = true;
    private List<String> filters = List.of();

    Mapping batchSize(int value) {
      batchSize = value;
      return this;
    }

    Mapping window(Duration value) {
      window = value;
      return this;
    }

    Mapping parallelization(int value) {
      parallelization = value;
      return this;
    }

    Mapping bisect(boolean value) {
      bisect = value;
      return this;
    }

    Mapping retries(int value) {
      retries = value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
      return this;
    }

    Mapping maxAge(Duration value) {
      maxAge = Optional.of(value);
      return this;
    }

    Mapping reports(boolean value) {
      reports = value;
      return this;
    }

    Mapping filters(String... values) {
      filters = List.of(values);
      return this;
    }

    StreamTrigger build() {
      return new StreamTrigger(
          "Counts",
          batchSize,
          window,
          parallelization,
          bisect,
          retries,
          maxAge,
          reports,
          filters,
          Optional.of(BUCKET));
    }
  }
}
