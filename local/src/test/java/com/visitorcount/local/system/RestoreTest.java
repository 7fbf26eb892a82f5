package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * What {@code docs/operations.md} says about restoring tables: an earlier state is written back, as
 * an owner would, and views continue.
 */
final class RestoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static MovableClock clock;
  private static LocalStack stack;
  private static DynamoDbClient tables;

  @BeforeAll
  static void start() {
    clock = MovableClock.at(Instant.parse("2026-11-20T06:00:00Z"));
    stack = TestStack.start(Map.of(), clock);
    tables = DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build();
  }

  @AfterAll
  static void stop() {
    tables.close();
    stack.close();
  }

  @Test
  void restore_ofTheCountersAsTheyWere_showsASurplus() throws Exception {
    String page = "restored.example/as-it-was";
    view(page, 4);
    Map<String, AttributeValue> backup = item(page);
    view(page, 6);
    put(backup);
    view(page, 2);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(6);
    assertThat(account.path("rows").asInt()).isEqualTo(12);
    assertThat(account.path("surplus").asInt()).isEqualTo(6);
    assertThat(account.path("adds_up").asBoolean()).isFalse();
  }

  @Test
  void restore_ofTheCountersRaisedToTheirHistory_addsUp() throws Exception {
    String page = "restored.example/raised";
    view(page, 4);
    Map<String, AttributeValue> backup = item(page);
    view(page, 6);
    put(backup);
    JsonNode behind = account(page);
    assertThat(behind.path("rows").asInt()).isEqualTo(10);
    assertThat(behind.path("surplus").asInt()).isEqualTo(6);

    int known = behind.path("counter").asInt() + behind.path("surplus").asInt();
    Map<String, AttributeValue> raised = new HashMap<>(backup);
    raised.put("views", AttributeValue.fromN(Integer.toString(known)));
    put(raised);
    view(page, 2);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(12);
    assertThat(account.path("rows").asInt()).isEqualTo(12);
    assertThat(account.path("lost").asInt()).isZero();
    assertThat(account.path("adds_up").asBoolean()).isTrue();
  }

  @Test
  void restore_ofAnItemWithoutItsBirth_beginsAHistoryOfItsOwn() throws Exception {
    String page = "restored.example/no-birth";
    view(page, 4);
    delete(page);
    put(
        Map.of(
            "id", AttributeValue.fromS(page),
            "views", AttributeValue.fromN("4")));
    view(page, 2);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(6);
    assertThat(account.path("rows").asInt()).isEqualTo(2);
    assertThat(account.path("before_history").asInt()).isEqualTo(4);
    assertThat(account.path("adds_up").asBoolean()).isTrue();
  }

  /** A write that raises a count from nothing to one looks like a view in the stream. */
  @Test
  void restore_ofACountOfOne_isARowMore() throws Exception {
    String page = "restored.example/one";
    view(page, 1);
    Map<String, AttributeValue> backup = item(page);
    delete(page);
    clock.move(Duration.ofHours(1));
    put(backup);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(1);
    assertThat(account.path("surplus").asInt()).isEqualTo(1);
  }

  @Test
  void restore_thatRaisesACountByOne_isARowMore() throws Exception {
    String page = "restored.example/one-more";
    view(page, 3);
    Map<String, AttributeValue> earlier = item(page);
    view(page, 1);
    Map<String, AttributeValue> backup = item(page);
    put(earlier);
    clock.move(Duration.ofHours(1));
    put(backup);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(4);
    assertThat(account.path("surplus").asInt()).isEqualTo(1);
  }

  /** The condition of the command in the docs. */
  @Test
  void restore_ofCountersThatAreLowerOrMissing_setsNoneBack() throws Exception {
    String page = "restored.example/higher";
    view(page, 4);
    Map<String, AttributeValue> backup = item(page);
    view(page, 6);

    assertThatThrownBy(() -> putIfHigher(backup))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(account(page).path("counter").asInt()).isEqualTo(10);

    delete(page);
    putIfHigher(backup);
    assertThat(account(page).path("counter").asInt()).isEqualTo(4);
  }

  @Test
  void restore_ofAnEmptyHistory_showsItsViewsAsLost() throws Exception {
    String page = "emptied.example/";
    view(page, 4);
    stack.runner().settle();
    history("emptied.example").forEach(RestoreTest::deleteOfHistory);
    view(page, 2);

    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).isEqualTo(6);
    assertThat(account.path("rows").asInt()).isEqualTo(2);
    assertThat(account.path("lost").asInt()).isEqualTo(4);
    assertThat(account.path("pending").asInt()).isZero();
    assertThat(account.path("before_history").asInt()).isZero();
    assertThat(account.path("adds_up").asBoolean()).isTrue();
  }

  @Test
  void restore_ofHistoryWhereItIsMissing_bringsEveryRowBackOnce() throws Exception {
    String page = "refilled.example/";
    view(page, 4);
    stack.runner().settle();
    List<Map<String, AttributeValue>> open = history("refilled.example");
    open.forEach(RestoreTest::deleteOfHistory);
    view(page, 2);
    open.forEach(RestoreTest::putIfMissing);
    open.forEach(RestoreTest::putIfMissing);
    assertThatAllAddsUp(page, 6);

    clock.move(Duration.ofDays(3));
    stack.runner().runSchedules();
    List<Map<String, AttributeValue>> closed = history("refilled.example");
    closed.forEach(RestoreTest::deleteOfHistory);
    assertThat(account(page).path("rows").asInt()).isZero();
    closed.forEach(RestoreTest::putIfMissing);
    open.forEach(RestoreTest::putIfMissing);
    stack.runner().runSchedules();
    assertThatAllAddsUp(page, 6);
  }

  private static void assertThatAllAddsUp(String page, int views) throws Exception {
    JsonNode account = account(page);
    assertThat(account.path("counter").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("rows").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("lost").asInt(-1)).as(account.toString()).isZero();
    assertThat(account.path("adds_up").asBoolean()).as(account.toString()).isTrue();
  }

  private static void view(String page, int times) throws IOException, InterruptedException {
    for (int i = 0; i < times; i++) {
      clock.move(Duration.ofSeconds(1));
      HttpRequest request =
          HttpRequest.newBuilder(stack.increment())
              .POST(BodyPublishers.ofString("{\"page\":\"" + page + "\"}"))
              .build();
      assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    }
  }

  private static JsonNode account(String page) throws IOException, InterruptedException {
    stack.runner().settle();
    URI address = stack.read().resolve("/api/v1/verify?page=" + URLEncoder.encode(page, UTF_8));
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body());
  }

  private static Map<String, AttributeValue> key(String page) {
    return Map.of("id", AttributeValue.fromS(page));
  }

  private static Map<String, AttributeValue> item(String page) {
    List<String> attributes = List.of("id", "views", "born");
    Map<String, AttributeValue> item =
        tables.getItem(request -> request.tableName("VisitorCount").key(key(page))).item();
    assertThat(item).containsKeys(attributes.toArray(String[]::new));
    return item;
  }

  private static void putIfHigher(Map<String, AttributeValue> item) {
    tables.putItem(
        request ->
            request
                .tableName("VisitorCount")
                .item(item)
                .conditionExpression("attribute_not_exists(#v) OR #v < :v")
                .expressionAttributeNames(Map.of("#v", "views"))
                .expressionAttributeValues(Map.of(":v", item.get("views"))));
  }

  /** Items of a site's history, in any partition. */
  private static List<Map<String, AttributeValue>> history(String site) {
    return tables.scanPaginator(request -> request.tableName("VisitorHistory")).items().stream()
        .filter(item -> item.get("pk").s().startsWith(site))
        .toList();
  }

  private static void deleteOfHistory(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> key = Map.of("pk", item.get("pk"), "sk", item.get("sk"));
    tables.deleteItem(request -> request.tableName("VisitorHistory").key(key));
  }

  private static void putIfMissing(Map<String, AttributeValue> item) {
    try {
      tables.putItem(
          request ->
              request
                  .tableName("VisitorHistory")
                  .item(item)
                  .conditionExpression("attribute_not_exists(pk)"));
    } catch (ConditionalCheckFailedException e) {
      // it exists
    }
  }

  private static void put(Map<String, AttributeValue> item) {
    tables.putItem(request -> request.tableName("VisitorCount").item(item));
  }

  private static void delete(String page) {
    tables.deleteItem(request -> request.tableName("VisitorCount").key(key(page)));
  }
}
