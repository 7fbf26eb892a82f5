package com.visitorcount.sam.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.template.TableResource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

final class TapTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Instant NOW = Instant.parse("2026-11-25T01:02:03.456Z");
  private static final String TABLE = "Counts";
  private static final List<TableResource> TABLES =
      List.of(table(TABLE), table("Unstreamed"), table("AlsoStreamed"));
  private static final Set<String> STREAMED = Set.of(TABLE, "AlsoStreamed");

  private final List<TableWrite> writes = new CopyOnWriteArrayList<>();
  private final MovableClock clock = MovableClock.at(NOW);

  @Test
  void writes_ofEveryKind_haveBothImages() {
    try (Dynalite dynalite = start(null);
        DynamoDbClient client = client(dynalite)) {
      client.putItem(r -> r.tableName(TABLE).item(item("a", 1)));
      client.updateItem(
          r ->
              r.tableName(TABLE)
                  .key(key("a"))
                  .updateExpression("ADD #v :one")
                  .expressionAttributeNames(Map.of("#v", "views"))
                  .expressionAttributeValues(Map.of(":one", n(1))));
      client.deleteItem(r -> r.tableName(TABLE).key(key("a")));
      client.batchWriteItem(
          r ->
              r.requestItems(
                  Map.of(TABLE, List.of(put("b", 7)), "AlsoStreamed", List.of(put("c", 8)))));
      client.batchWriteItem(r -> r.requestItems(Map.of(TABLE, List.of(delete("b")))));
      dynalite.tap().catchUp();
    }

    assertThat(writes.stream().filter(write -> write.table().equals(TABLE)))
        .extracting(TapTest::change)
        .containsExactly("a: - 1", "a: 1 2", "a: 2 -", "b: - 7", "b: 7 -");
    assertThat(writes).filteredOn(write -> write.table().equals("AlsoStreamed")).hasSize(1);
    assertThat(writes).allMatch(write -> write.at().equals(NOW) && !write.expired());
    assertThat(writes).extracting(TableWrite::sequenceNumber).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void writes_thatChangeNothing_leaveNoRecord() {
    AttributeValue set = AttributeValue.fromSs(List.of("x", "y"));
    AttributeValue turned = AttributeValue.fromSs(List.of("y", "x"));
    try (Dynalite dynalite = start(null);
        DynamoDbClient client = client(dynalite)) {
      client.putItem(r -> r.tableName(TABLE).item(item("a", 1, set)));
      client.putItem(r -> r.tableName(TABLE).item(item("a", 1, turned)));
      client.updateItem(
          r ->
              r.tableName(TABLE)
                  .key(key("a"))
                  .updateExpression("SET #v = :one")
                  .expressionAttributeNames(Map.of("#v", "views"))
                  .expressionAttributeValues(Map.of(":one", n(1))));
      client.deleteItem(r -> r.tableName(TABLE).key(key("nobody")));
      client.putItem(r -> r.tableName("Unstreamed").item(item("a", 1)));
      assertThatThrownBy(
              () ->
                  client.putItem(
                      r ->
                          r.tableName(TABLE)
                              .item(item("a", 2))
                              .conditionExpression("attribute_not_exists(id)")))
          .isInstanceOf(ConditionalCheckFailedException.class);
      dynalite.tap().catchUp();
    }

    assertThat(writes).extracting(TapTest::change).containsExactly("a: - 1");
  }

  @ParameterizedTest
  @CsvSource({"NONE, 0", "ALL_OLD, 2", "UPDATED_OLD, 1", "ALL_NEW, 3", "UPDATED_NEW, 1"})
  void client_getsTheValuesThatItAskedFor(ReturnValue values, int attributes) {
    try (Dynalite dynalite = start(null);
        DynamoDbClient client = client(dynalite)) {
      client.putItem(r -> r.tableName(TABLE).item(item("a", 1)));

      Map<String, AttributeValue> returned =
          client
              .updateItem(
                  r ->
                      r.tableName(TABLE)
                          .key(key("a"))
                          .returnValues(values)
                          .updateExpression("SET #x = :x, #v = :two")
                          .expressionAttributeNames(Map.of("#v", "views", "#x", "x"))
                          .expressionAttributeValues(
                              Map.of(":two", n(2), ":x", AttributeValue.fromS("new"))))
              .attributes();

      assertThat(returned.getOrDefault("views", n(0)).n())
          .isEqualTo(values == ReturnValue.NONE ? "0" : values.name().endsWith("OLD") ? "1" : "2");
      assertThat(returned.size())
          .isEqualTo(values == ReturnValue.UPDATED_NEW ? attributes + 1 : attributes);
    }
  }

  @Test
  void records_of32WritersWhoseAnswersGetLost_areAChainForEachKey() throws Exception {
    int writers = 32;
    int writesOfEach = 60;
    int keys = 5;
    Map<String, Integer> stored = new HashMap<>();
    try (Dynalite dynalite = start(null);
        DynamoDbClient client = client(dynalite)) {
      ExecutorService executor = Executors.newFixedThreadPool(writers);
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        Random random = new Random(writer);
        running.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < writesOfEach; i++) {
                    add(dynalite.endpoint(), "k" + random.nextInt(keys), random.nextInt(3) == 0);
                  }
                  return null;
                }));
      }
      for (Future<?> writer : running) {
        writer.get(60, TimeUnit.SECONDS);
      }
      executor.shutdown();
      // requests sent last, without waiting for an answer, may still be in progress
      awaitViews(client, keys, writers * writesOfEach);
      dynalite.tap().catchUp();
      for (int key = 0; key < keys; key++) {
        stored.put("k" + key, views(client, "k" + key));
      }
    }

    assertThat(writes).extracting(TableWrite::sequenceNumber).isSorted().doesNotHaveDuplicates();
    stored.forEach(
        (key, views) -> {
          List<TableWrite> chain = writes.stream().filter(write -> id(write).equals(key)).toList();
          assertThat(chain).hasSize(views);
          for (int i = 0; i < chain.size(); i++) {
            assertThat(chain.get(i).before()).isEqualTo(i == 0 ? null : chain.get(i - 1).after());
            assertThat(chain.get(i).after().path("views").path("N").asInt()).isEqualTo(i + 1);
          }
        });
    assertThat(writes).hasSize(writers * writesOfEach);
  }

  @Test
  void expire_deletesWhatIsPastItsTime_andSaysSo() {
    try (Dynalite dynalite = start(null);
        DynamoDbClient client = client(dynalite)) {
      for (String table : List.of(TABLE, "Unstreamed")) {
        client.putItem(r -> r.tableName(table).item(expiring("past", NOW.getEpochSecond() - 1)));
        client.putItem(r -> r.tableName(table).item(expiring("now", NOW.getEpochSecond())));
        client.putItem(r -> r.tableName(table).item(item("never", 1)));
        client.putItem(
            r ->
                r.tableName(table)
                    .item(
                        Map.of(
                            "id", AttributeValue.fromS("text"), "exp", AttributeValue.fromS("1"))));

        dynalite.tap().expire(table, "exp", NOW);

        assertThat(client.scan(r -> r.tableName(table)).items())
            .extracting(item -> item.get("id").s())
            .containsExactlyInAnyOrder("now", "never", "text");
      }
    }

    assertThat(writes).filteredOn(TableWrite::expired).hasSize(1);
    TableWrite removal = writes.get(writes.size() - 1);
    assertThat(removal.expired()).isTrue();
    assertThat(id(removal)).isEqualTo("past");
    assertThat(removal.after()).isNull();
  }

  @Test
  void writes_thatWereNotDropped_areToldAgainByTheNextRun(@TempDir Path data) {
    try (Dynalite dynalite = start(data);
        DynamoDbClient client = client(dynalite)) {
      for (int i = 1; i <= 3; i++) {
        int views = i;
        client.putItem(r -> r.tableName(TABLE).item(item("a", views)));
      }
      dynalite.tap().catchUp();
      dynalite.tap().drop(List.of(writes.get(0).sequenceNumber()));
    }
    List<TableWrite> first = List.copyOf(writes);
    writes.clear();

    try (Dynalite dynalite = start(data);
        DynamoDbClient client = client(dynalite)) {
      client.putItem(r -> r.tableName(TABLE).item(item("a", 4)));
      dynalite.tap().catchUp();
    }

    assertThat(writes).extracting(TapTest::change).containsExactly("a: 1 2", "a: 2 3", "a: 3 4");
    assertThat(writes)
        .extracting(TableWrite::sequenceNumber)
        .startsWith(first.get(1).sequenceNumber(), first.get(2).sequenceNumber())
        .isSorted();
  }

  @Test
  void catchUp_withADynaliteThatHasStopped_fails() {
    Dynalite dynalite = start(null);
    dynalite.close();

    assertThatThrownBy(() -> dynalite.tap().catchUp()).isInstanceOf(RuntimeException.class);
  }

  private Dynalite start(Path data) {
    Dynalite dynalite = Dynalite.start(MODULE, data, STREAMED, Map.of());
    dynalite.tap().start(clock, writes::add);
    try (DynamoDbClient client = client(dynalite)) {
      Tables.create(client, TABLES);
    }
    return dynalite;
  }

  /** Adds one view, possibly without waiting for the answer. */
  private static void add(URI endpoint, String key, boolean loseAnswer) throws IOException {
    byte[] body =
        ("{\"TableName\":\"Counts\",\"Key\":{\"id\":{\"S\":\"%s\"}},\"UpdateExpression\":\"ADD #v :one\","
                + "\"ExpressionAttributeNames\":{\"#v\":\"views\"},"
                + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}")
            .formatted(key)
            .getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST / HTTP/1.1\r
        Host: localhost\r
        Connection: close\r
        Content-Type: application/x-amz-json-1.0\r
        Content-Length: %d\r
        X-Amz-Target: DynamoDB_20120810.UpdateItem\r
        X-Amz-Date: 20260101T000000Z\r
        Authorization: AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=none\r
        \r
        """
            .formatted(body.length);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
      socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(body);
      if (!loseAnswer) {
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200");
      }
    }
  }

  private static void awaitViews(DynamoDbClient client, int keys, int total) throws Exception {
    for (int poll = 0; poll < 400; poll++) {
      int sum = 0;
      for (int key = 0; key < keys; key++) {
        sum += views(client, "k" + key);
      }
      if (sum == total) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(25);
    }
    throw new AssertionError("Not all writes arrive");
  }

  private static int views(DynamoDbClient client, String key) {
    return Integer.parseInt(
        client
            .getItem(r -> r.tableName(TABLE).key(key(key)))
            .item()
            .getOrDefault("views", n(0))
            .n());
  }

  private static String id(TableWrite write) {
    JsonNode item = write.after() == null ? write.before() : write.after();
    return item.path("id").path("S").asText();
  }

  private static String change(TableWrite write) {
    return id(write) + ": " + views(write.before()) + " " + views(write.after());
  }

  private static String views(JsonNode item) {
    return item == null ? "-" : item.path("views").path("N").asText();
  }

  private static TableResource table(String name) {
    return new TableResource(
        name,
        List.of(new TableResource.Key("id", "HASH", "S")),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static WriteRequest put(String id, int views) {
    return WriteRequest.builder()
        .putRequest(PutRequest.builder().item(item(id, views)).build())
        .build();
  }

  private static WriteRequest delete(String id) {
    return WriteRequest.builder()
        .deleteRequest(DeleteRequest.builder().key(key(id)).build())
        .build();
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", AttributeValue.fromS(id));
  }

  private static Map<String, AttributeValue> item(String id, int views) {
    return Map.of("id", AttributeValue.fromS(id), "views", n(views));
  }

  private static Map<String, AttributeValue> item(String id, int views, AttributeValue set) {
    return Map.of("id", AttributeValue.fromS(id), "views", n(views), "set", set);
  }

  private static Map<String, AttributeValue> expiring(String id, long seconds) {
    return Map.of("id", AttributeValue.fromS(id), "exp", n(seconds));
  }

  private static AttributeValue n(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }

  private static DynamoDbClient client(Dynalite dynalite) {
    return DynamoDbClient.builder().endpointOverride(dynalite.endpoint()).build();
  }
}
