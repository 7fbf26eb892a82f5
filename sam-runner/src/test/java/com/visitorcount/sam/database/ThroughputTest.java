package com.visitorcount.sam.database;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.visitorcount.sam.template.TableResource;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingReason;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Limits as in DynamoDB: the debts here last longer than a test. */
final class ThroughputTest {
  private static final String NARROW = "Narrow";
  private static final String WIDE = "Wide";
  private static final String FREE = "Free";
  private static final int KIBIBYTE = 1_024;

  @AutoClose
  private final Dynalite dynalite =
      Dynalite.start(
          Path.of("").toAbsolutePath(),
          null,
          Set.of(),
          Map.of(
              NARROW, new TableResource.Limits(1, 1),
              WIDE, new TableResource.Limits(40_000, 40_000)));

  @AutoClose
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .endpointOverride(dynalite.endpoint())
          .overrideConfiguration(it -> it.retryStrategy(retry -> retry.maxAttempts(1)))
          .build();

  @BeforeEach
  void create() {
    dynalite.tap().start(Clock.systemUTC(), write -> {});
    Tables.create(client, Stream.of(NARROW, WIDE, FREE).map(ThroughputTest::table).toList());
  }

  @Test
  void writes_beyondTheCeiling_areRefusedWhenTheSavingsAreSpent() {
    put(NARROW, "a", 200);
    put(NARROW, "b", 350);

    ThrottlingException refusal =
        catchThrowableOfType(ThrottlingException.class, () -> put(NARROW, "c", 1));

    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.throttlingReasons())
        .extracting(ThrottlingReason::reason)
        .containsExactly("TableWriteMaxOnDemandThroughputExceeded");
    assertThat(get(NARROW, "c")).isEmpty();
    assertThat(get(NARROW, "b")).isNotEmpty();
    put(FREE, "c", 350);
    put(FREE, "d", 350);
  }

  @Test
  void reads_beyondTheCeiling_areRefusedAndWritesAreNot() {
    put(NARROW, "a", 250);
    for (int i = 0; i < 10; i++) {
      assertThat(get(NARROW, "a")).isNotEmpty();
    }

    assertThatThrownBy(() -> get(NARROW, "a")).isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(() -> query(NARROW, "a")).isInstanceOf(ThrottlingException.class);
    assertThatThrownBy(() -> client.scan(it -> it.tableName(NARROW)))
        .isInstanceOf(ThrottlingException.class);
    put(NARROW, "b", 1);
  }

  @Test
  void aHotPartition_isRefusedAndOthersAreNot() {
    client.batchWriteItem(batch(WIDE, "hot", 20, 390));

    ThrottlingException refusal =
        catchThrowableOfType(ThrottlingException.class, () -> put(WIDE, "hot", 1));

    assertThat(refusal.throttlingReasons())
        .extracting(ThrottlingReason::reason)
        .containsExactly("TableWriteKeyRangeThroughputExceeded");
    Set<String> refused = names().filter(name -> !isTaken(name)).collect(toSet());
    assertThat(refused).hasSizeBetween(1, 24);
    List<WriteRequest> unprocessed =
        client
            .batchWriteItem(
                BatchWriteItemRequest.builder()
                    .requestItems(
                        Map.of(WIDE, names().map(name -> writeRequest(name, "1", 1)).toList()))
                    .build())
            .unprocessedItems()
            .get(WIDE);
    assertThat(unprocessed)
        .extracting(it -> it.putRequest().item().get("pk").s())
        .containsExactlyInAnyOrderElementsOf(refused);
  }

  @Test
  void unitsUsed_areThoseOfTheSizes() {
    put(WIDE, "a", 3);
    client.batchWriteItem(batch(WIDE, "b", 2, 2));
    RequestUnits written = dynalite.tap().used(WIDE);
    get(WIDE, "a");
    get(WIDE, "nothing");
    query(WIDE, "b");
    assertThatThrownBy(
            () ->
                client.putItem(
                    it ->
                        it.tableName(WIDE)
                            .item(item("a", "0", 1))
                            .conditionExpression("attribute_not_exists(pk)")))
        .isInstanceOf(ConditionalCheckFailedException.class);

    assertThat(written).isEqualTo(new RequestUnits(0, 4 + 2 * 3));
    assertThat(dynalite.tap().used(WIDE).since(written))
        .isEqualTo(new RequestUnits(0.5 + 0.5 + 1, 1));
    put(FREE, "a", 3);
    assertThat(dynalite.tap().used(FREE)).isEqualTo(new RequestUnits(0, 0));
  }

  private static Stream<String> names() {
    return IntStream.range(0, 25).mapToObj(i -> "name" + i);
  }

  private boolean isTaken(String name) {
    try {
      put(WIDE, name, 1);
      return true;
    } catch (ThrottlingException e) {
      return false;
    }
  }

  private void put(String table, String name, int kibibytes) {
    client.putItem(it -> it.tableName(table).item(item(name, "0", kibibytes)));
  }

  private Map<String, AttributeValue> get(String table, String name) {
    return client
        .getItem(
            it ->
                it.tableName(table)
                    .key(Map.of("pk", AttributeValue.fromS(name), "sk", AttributeValue.fromS("0"))))
        .item();
  }

  private void query(String table, String name) {
    client.query(
        it ->
            it.tableName(table)
                .keyConditionExpression("pk = :p")
                .expressionAttributeValues(Map.of(":p", AttributeValue.fromS(name))));
  }

  private static BatchWriteItemRequest batch(String table, String name, int items, int kibibytes) {
    List<WriteRequest> requests =
        IntStream.range(0, items)
            .mapToObj(i -> writeRequest(name, Integer.toString(i), kibibytes))
            .toList();
    return BatchWriteItemRequest.builder().requestItems(Map.of(table, requests)).build();
  }

  private static WriteRequest writeRequest(String name, String sort, int kibibytes) {
    return WriteRequest.builder()
        .putRequest(PutRequest.builder().item(item(name, sort, kibibytes)).build())
        .build();
  }

  private static Map<String, AttributeValue> item(String name, String sort, int kibibytes) {
    return Map.of(
        "pk", AttributeValue.fromS(name),
        "sk", AttributeValue.fromS(sort),
        "z", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[kibibytes * KIBIBYTE])));
  }

  private static TableResource table(String name) {
    return new TableResource(
        name,
        List.of(
            new TableResource.Key("pk", "HASH", "S"), new TableResource.Key("sk", "RANGE", "S")),
        false,
        Optional.empty(),
        Optional.empty());
  }
}
