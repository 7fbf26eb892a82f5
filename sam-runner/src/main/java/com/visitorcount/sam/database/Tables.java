package com.visitorcount.sam.database;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.TableResource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** Creates the tables of the template that do not exist yet. */
public final class Tables {
  private static final int MAX_POLLS = 600;
  private static final Duration POLL_PAUSE = Duration.ofMillis(50);

  private Tables() {}

  /**
   * Creates them and returns when they are ready.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if DynamoDB fails
   */
  public static void create(DynamoDbClient client, List<TableResource> tables) {
    for (TableResource table : tables) {
      try {
        client.createTable(request(table));
      } catch (ResourceInUseException exists) {
        // exists from an earlier run
      }
      awaitActive(client, table.name());
    }
  }

  private static CreateTableRequest request(TableResource table) {
    return CreateTableRequest.builder()
        .tableName(table.name())
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            table.keys().stream()
                .map(
                    key ->
                        AttributeDefinition.builder()
                            .attributeName(key.attribute())
                            .attributeType(key.attributeType())
                            .build())
                .toList())
        .keySchema(
            table.keys().stream()
                .map(
                    key ->
                        KeySchemaElement.builder()
                            .attributeName(key.attribute())
                            .keyType(key.keyType())
                            .build())
                .toList())
        .build();
  }

  private static void awaitActive(DynamoDbClient client, String name) {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      TableStatus status =
          client.describeTable(request -> request.tableName(name)).table().tableStatus();
      if (status == TableStatus.ACTIVE) {
        return;
      }
      LockSupport.parkNanos(POLL_PAUSE.toNanos());
    }
    throw new LocalException("The table " + name + " does not become active.");
  }
}
