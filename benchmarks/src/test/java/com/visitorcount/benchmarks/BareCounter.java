package com.visitorcount.benchmarks;

import java.io.IOException;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Nothing but the call that counts, by AWS's SDK for Java as it comes, with our HTTP client. */
final class BareCounter {
  private BareCounter() {}

  public static void main(String[] args) throws IOException {
    DynamoDbClient client = DynamoDbClient.create();
    String table = System.getenv("TABLE_NAME");
    JavaCounting.run(
        number ->
            Long.parseLong(
                client
                    .updateItem(
                        UpdateItemRequest.builder()
                            .tableName(table)
                            .key(Map.of("id", AttributeValue.fromS("bare")))
                            .updateExpression("ADD #views :one")
                            .expressionAttributeNames(Map.of("#views", "views"))
                            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))
                            .returnValues(ReturnValue.UPDATED_NEW)
                            .build())
                    .attributes()
                    .get("views")
                    .n()));
  }
}
