package com.visitorcount.counter;

import static com.visitorcount.counter.DynamoDbClients.orUnavailable;
import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Counters in a DynamoDB table with the string key {@code id}. One view is one {@code UpdateItem},
 * of one write unit; reads are consistent. An item that holds only {@code id} and {@code views},
 * written by another counter, goes on from where it stands.
 */
public final class DynamoDbCounters implements Counters {
  /** For calls that may follow another one within the same request. */
  static final Duration FOLLOWING_CALL_TIMEOUT = Duration.ofMillis(900);

  private static final int MAX_BATCH_ROUNDS = 3;
  private static final Duration BATCH_PAUSE = Duration.ofMillis(50);

  private final DynamoDbClient client;
  private final String table;

  public DynamoDbCounters(DynamoDbClient client, String table) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
  }

  @Override
  public Counted add(View view) {
    UpdateItemRequest request = addRequest(view);
    return orUnavailable(
        () -> {
          try {
            return new Counted(
                CounterItem.viewsWritten(client.updateItem(request).attributes()), false);
          } catch (ConditionalCheckFailedException e) {
            // DynamoDB hands over the item; not every store that speaks its language does
            BigInteger count =
                e.hasItem() ? CounterItem.viewsWritten(e.item()) : readAfterWrite(view.page());
            return new Counted(count, true);
          }
        });
  }

  private UpdateItemRequest addRequest(View view) {
    RetryGuard guard = RetryGuard.of(view.id());
    Map<String, String> names = new HashMap<>(guard.names());
    names.put("#views", CounterItem.VIEWS);
    names.put("#born", CounterItem.BORN);
    names.put("#last", CounterItem.LAST);
    Map<String, AttributeValue> values = new HashMap<>(guard.values());
    values.put(":one", AttributeValue.fromN("1"));
    values.put(":now", AttributeValue.fromN(Long.toString(view.at().toEpochMilli())));
    values.put(":last", LastView.attribute(view));
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(ItemKeys.of(view.page()))
        .updateExpression(
            "ADD #views :one SET #born = if_not_exists(#born, :now), #last = :last, "
                + guard.assignments())
        .conditionExpression(guard.condition())
        .expressionAttributeNames(names)
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.UPDATED_NEW)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  @Override
  public BigInteger read(PageId page) {
    return orUnavailable(() -> CounterItem.views(client.getItem(getRequest(page).build()).item()));
  }

  @Override
  public CounterState state(PageId page) {
    GetItemRequest request =
        getRequest(page)
            .projectionExpression("#views, #born")
            .expressionAttributeNames(
                Map.of("#views", CounterItem.VIEWS, "#born", CounterItem.BORN))
            .build();
    return orUnavailable(
        () -> {
          Map<String, AttributeValue> item = client.getItem(request).item();
          return new CounterState(CounterItem.views(item), CounterItem.bornMillis(item));
        });
  }

  private BigInteger readAfterWrite(PageId page) {
    GetItemRequest request =
        getRequest(page)
            .overrideConfiguration(override -> override.apiCallTimeout(FOLLOWING_CALL_TIMEOUT))
            .build();
    return CounterItem.viewsWritten(client.getItem(request).item());
  }

  private GetItemRequest.Builder getRequest(PageId page) {
    return GetItemRequest.builder()
        .tableName(table)
        .key(ItemKeys.of(page))
        .projectionExpression("#views")
        .expressionAttributeNames(Map.of("#views", CounterItem.VIEWS))
        .consistentRead(true);
  }

  @Override
  public Map<PageId, BigInteger> read(Set<PageId> pages) {
    if (pages.size() > MAX_PAGES) {
      throw new IllegalArgumentException("at most " + MAX_PAGES + " pages");
    }
    Map<String, BigInteger> found = pages.isEmpty() ? Map.of() : orUnavailable(() -> find(pages));
    Map<PageId, BigInteger> counts = new LinkedHashMap<>();
    for (PageId page : pages) {
      counts.put(page, found.getOrDefault(page.toString(), BigInteger.ZERO));
    }
    return counts;
  }

  private Map<String, BigInteger> find(Set<PageId> pages) {
    Map<String, BigInteger> found = new HashMap<>();
    Map<String, KeysAndAttributes> wanted =
        Map.of(
            table,
            KeysAndAttributes.builder()
                .keys(pages.stream().map(ItemKeys::of).collect(Collectors.toList()))
                .projectionExpression("#id, #views")
                .expressionAttributeNames(Map.of("#id", ItemKeys.ID, "#views", CounterItem.VIEWS))
                .consistentRead(true)
                .build());
    for (int round = 0; round < MAX_BATCH_ROUNDS; round++) {
      LockSupport.parkNanos(BATCH_PAUSE.multipliedBy(round).toNanos());
      BatchGetItemResponse response =
          client.batchGetItem(
              BatchGetItemRequest.builder()
                  .requestItems(wanted)
                  .overrideConfiguration(
                      override -> override.apiCallTimeout(FOLLOWING_CALL_TIMEOUT))
                  .build());
      if (!response.hasResponses()) {
        throw new IllegalStateException("an answer without items is no answer");
      }
      for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
        found.put(ItemKeys.id(item), CounterItem.views(item));
      }
      wanted = response.unprocessedKeys();
      if (wanted.isEmpty()) {
        return found;
      }
    }
    throw new CountersUnavailableException("DynamoDB left keys unread again and again");
  }
}
