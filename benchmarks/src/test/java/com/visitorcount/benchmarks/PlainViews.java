package com.visitorcount.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A counter of {@link Exactness}: the SDK for Java as it comes, and a plain ADD. */
final class PlainViews {
  private PlainViews() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ViewLines.run(PlainViews::counter);
  }

  private static ViewLines.Counter counter(URI endpoint) {
    DynamoDbClient client = DynamoDbClient.builder().endpointOverride(endpoint).build();
    Map<String, AttributeValue> key = Map.of("id", AttributeValue.fromS(Exactness.page(endpoint)));
    return number ->
        client.updateItem(
            update ->
                update
                    .tableName(System.getenv("TABLE_NAME"))
                    .key(key)
                    .updateExpression("ADD #views :one")
                    .expressionAttributeNames(Map.of("#views", "views"))
                    .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1"))));
  }
}
