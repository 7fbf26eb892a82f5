package com.visitorcount.history;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** In the package of the class under test, which is package-private. */
final class DynamoDbItemsOnDynaliteTest extends ItemsContract {
  private static LocalStack stack;
  private static DynamoDbClient client;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
    client = DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    stack.close();
  }

  @Override
  Items items() {
    return new DynamoDbItems(client, "VisitorHistory");
  }
}
