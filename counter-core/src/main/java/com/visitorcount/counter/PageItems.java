package com.visitorcount.counter;

import static com.visitorcount.counter.DynamoDbClients.orUnavailable;
import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** The items of all pages and events, for maintenance of the table. */
public final class PageItems {
  private final DynamoDbClient client;
  private final String table;

  PageItems(DynamoDbClient client, String table) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
  }

  /**
   * Hands over the pages and events that have a counter, in no particular order. Reads the whole
   * table: a read unit for every 8 KB of it.
   *
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  public void forEach(Consumer<PageId> receiver) {
    Map<String, AttributeValue> start = null;
    do {
      ScanRequest request = page(start);
      ScanResponse response = orUnavailable(() -> client.scan(request));
      for (Map<String, AttributeValue> item : response.items()) {
        AttributeValue id = item.get(ItemKeys.ID);
        if (id != null && id.s() != null && ItemKeys.isPage(id.s())) {
          receiver.accept(PageId.ofKey(id.s()));
        }
      }
      start = response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null;
    } while (start != null && !start.isEmpty());
  }

  private ScanRequest page(@Nullable Map<String, AttributeValue> start) {
    return ScanRequest.builder()
        .tableName(table)
        .projectionExpression("#id")
        .expressionAttributeNames(Map.of("#id", ItemKeys.ID))
        .exclusiveStartKey(start)
        .consistentRead(true)
        .build();
  }

  /**
   * Deletes the counter of a page or event, if there is one. The next view starts a new one.
   *
   * @throws StoreUnavailableException if the store did not answer in time or refused
   */
  public void delete(PageId page) {
    orUnavailable(
        () -> client.deleteItem(delete -> delete.tableName(table).key(ItemKeys.of(page))));
  }
}
