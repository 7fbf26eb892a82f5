package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What a batch does when DynamoDB takes only part of it; the rest is tested against dynalite. */
final class DynamoDbItemsTest {
  private static final String TABLE = "VisitorHistory";

  @Test
  void putAll_itemsLeftUnprocessed_areSentAgainAlone() {
    TakingSome client = new TakingSome(10);

    Items.Unwritten unwritten = new DynamoDbItems(client, TABLE).putAll(items(25));

    assertThat(unwritten.items()).isEmpty();
    assertThat(client.sizes).containsExactly(25, 15, 5);
  }

  @Test
  void putAll_itemsLeftUnprocessedAgainAndAgain_areNamed() {
    TakingSome client = new TakingSome(1);
    List<Item> items = items(30);

    Items.Unwritten unwritten = new DynamoDbItems(client, TABLE).putAll(items);

    assertThat(client.sizes).as("four rounds a batch").containsExactly(25, 24, 23, 22, 5, 4, 3, 2);
    assertThat(unwritten.items())
        .containsExactlyElementsOf(concat(items.subList(4, 25), items.subList(29, 30)));
    assertThat(unwritten.cause()).isNotNull();
  }

  @Test
  void putAll_oneBatchRefused_doesNotKeepTheOthersBack() {
    TakingSome client = new TakingSome(25);
    client.refusedCall = 2;
    List<Item> items = items(70);

    Items.Unwritten unwritten = new DynamoDbItems(client, TABLE).putAll(items);

    assertThat(client.sizes).containsExactly(25, 25, 20);
    assertThat(unwritten.items()).containsExactlyElementsOf(items.subList(25, 50));
  }

  private static List<Item> concat(List<Item> some, List<Item> more) {
    List<Item> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }

  private static List<Item> items(int count) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(new Item("p", "k" + i, "1", new byte[] {1}, 9));
    }
    return items;
  }

  /** Accepts only the first items of each batch, as a throttled table does. */
  private static final class TakingSome implements DynamoDbClient {
    private final int taken;
    private final List<Integer> sizes = new ArrayList<>();
    private int refusedCall;

    TakingSome(int taken) {
      this.taken = taken;
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
      List<WriteRequest> writes = request.requestItems().get(TABLE);
      sizes.add(writes.size());
      if (sizes.size() == refusedCall) {
        throw ProvisionedThroughputExceededException.builder().message("too much").build();
      }
      List<WriteRequest> left = writes.subList(Math.min(taken, writes.size()), writes.size());
      return BatchWriteItemResponse.builder()
          .unprocessedItems(left.isEmpty() ? Map.of() : Map.of(TABLE, left))
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
