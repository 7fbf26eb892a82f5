package com.visitorcount.local.store;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same counter without its safeguards, to show how it fails. */
final class UnguardedCounters {
  private final DynamoDbClient client;
  private final String table;

  UnguardedCounters(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Without the retry guard: counts again when the SDK retries. */
  void addWithoutGuard(String page) {
    client.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(page))
                .updateExpression("ADD #views :one")
                .expressionAttributeNames(Map.of("#views", "views"))
                .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
  }

  /** Without the atomic add: reads, adds, writes. */
  void getThenPut(String page) {
    Map<String, AttributeValue> item =
        client.getItem(get -> get.tableName(table).key(key(page)).consistentRead(true)).item();
    long views = item.containsKey("views") ? Long.parseLong(item.get("views").n()) : 0;
    client.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "id",
                        AttributeValue.fromS(page),
                        "views",
                        AttributeValue.fromN(Long.toString(views + 1)))));
  }

  private static Map<String, AttributeValue> key(String page) {
    return Map.of("id", AttributeValue.fromS(page));
  }
}
