package com.visitorcount.history;

import static com.visitorcount.counter.DynamoDbClients.orUnavailable;
import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Items in a DynamoDB table with the string keys {@code pk} and {@code sk}. */
final class DynamoDbItems implements Items {
  private static final String PARTITION = "pk";
  private static final String SORT = "sk";
  private static final String REVISION = "rev";
  private static final String CONTENT = "z";
  private static final String EXPIRES = "exp";

  /** The most that DynamoDB takes in one call. */
  private static final int MAX_BATCH_ITEMS = 25;

  private static final int MAX_BATCH_ROUNDS = 4;
  private static final Duration BATCH_PAUSE = Duration.ofMillis(50);

  private final DynamoDbClient client;
  private final String table;

  DynamoDbItems(DynamoDbClient client, String table) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
  }

  @Override
  public void put(Item item) {
    orUnavailable(() -> client.putItem(request(item).build()));
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    PutItemRequest.Builder request =
        request(item).expressionAttributeNames(Map.of("#rev", REVISION));
    if (knownRevision.isEmpty()) {
      request.conditionExpression("attribute_not_exists(#rev)");
    } else {
      request
          .conditionExpression("#rev = :known")
          .expressionAttributeValues(Map.of(":known", AttributeValue.fromS(knownRevision)));
    }
    return orUnavailable(
        () -> {
          try {
            client.putItem(request.build());
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  @Override
  public Unwritten putAll(List<Item> items) {
    List<Item> unwritten = new ArrayList<>();
    StoreUnavailableException cause = null;
    for (int from = 0; from < items.size(); from += MAX_BATCH_ITEMS) {
      List<Item> batch = items.subList(from, Math.min(items.size(), from + MAX_BATCH_ITEMS));
      try {
        List<Item> left = putBatch(batch);
        if (!left.isEmpty()) {
          unwritten.addAll(left);
          cause = new StoreUnavailableException("DynamoDB repeatedly left items unwritten");
        }
      } catch (StoreUnavailableException e) {
        unwritten.addAll(batch);
        cause = e;
      }
    }
    return new Unwritten(unwritten, cause);
  }

  /** Returns what DynamoDB left unwritten. */
  private List<Item> putBatch(List<Item> batch) {
    if (batch.size() == 1) {
      put(batch.get(0));
      return List.of();
    }
    Map<String, List<WriteRequest>> left =
        Map.of(
            table,
            batch.stream()
                .map(
                    item ->
                        WriteRequest.builder()
                            .putRequest(put -> put.item(attributes(item)))
                            .build())
                .toList());
    for (int round = 0; round < MAX_BATCH_ROUNDS && !left.isEmpty(); round++) {
      LockSupport.parkNanos(BATCH_PAUSE.multipliedBy(round).toNanos());
      Map<String, List<WriteRequest>> requests = left;
      left =
          orUnavailable(
              () -> client.batchWriteItem(call -> call.requestItems(requests)).unprocessedItems());
    }
    return left.getOrDefault(table, List.of()).stream()
        .map(request -> item(request.putRequest().item()))
        .toList();
  }

  @Override
  public void delete(String partition, String sort) {
    orUnavailable(() -> client.deleteItem(deletion(partition, sort).build()));
  }

  @Override
  public void deleteIf(String partition, String sort, String knownRevision) {
    DeleteItemRequest.Builder deletion =
        deletion(partition, sort).expressionAttributeNames(Map.of("#rev", REVISION));
    if (knownRevision.isEmpty()) {
      deletion.conditionExpression("attribute_not_exists(#rev)");
    } else {
      deletion
          .conditionExpression("#rev = :known")
          .expressionAttributeValues(Map.of(":known", AttributeValue.fromS(knownRevision)));
    }
    DeleteItemRequest request = deletion.build();
    orUnavailable(
        () -> {
          try {
            return client.deleteItem(request);
          } catch (ConditionalCheckFailedException e) {
            return null;
          }
        });
  }

  private DeleteItemRequest.Builder deletion(String partition, String sort) {
    return DeleteItemRequest.builder()
        .tableName(table)
        .key(Map.of(PARTITION, AttributeValue.fromS(partition), SORT, AttributeValue.fromS(sort)));
  }

  private PutItemRequest.Builder request(Item item) {
    return PutItemRequest.builder().tableName(table).item(attributes(item));
  }

  private static Map<String, AttributeValue> attributes(Item item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    attributes.put(PARTITION, AttributeValue.fromS(item.partition()));
    attributes.put(SORT, AttributeValue.fromS(item.sort()));
    if (!item.revision().isEmpty()) {
      attributes.put(REVISION, AttributeValue.fromS(item.revision()));
    }
    if (item.bytes().length > 0) {
      attributes.put(CONTENT, AttributeValue.fromB(item.content()));
    }
    if (item.expires() > 0) {
      attributes.put(EXPIRES, AttributeValue.fromN(Long.toString(item.expires())));
    }
    return attributes;
  }

  @Override
  public List<Item> query(String partition, String from, String to, boolean consistent) {
    QueryRequest request = range(partition, from, to).consistentRead(consistent).build();
    return orUnavailable(
        () -> {
          List<Item> items = new ArrayList<>();
          for (QueryResponse page : client.queryPaginator(request)) {
            items.addAll(items(page, partition, from, to));
          }
          return items;
        });
  }

  @Override
  public void scan(
      String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
    Map<String, AttributeValue> next = Map.of();
    do {
      QueryRequest request =
          range(partition, from, to)
              .consistentRead(consistent)
              .exclusiveStartKey(next.isEmpty() ? null : next)
              .build();
      QueryResponse page = orUnavailable(() -> client.query(request));
      for (Item item : items(page, partition, from, to)) {
        if (!receiver.test(item)) {
          return;
        }
      }
      next = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of();
    } while (!next.isEmpty());
  }

  @Override
  public Optional<Item> first(String partition, String from, String to) {
    QueryRequest request = range(partition, from, to).limit(1).build();
    return orUnavailable(
        () -> items(client.query(request), partition, from, to).stream().findFirst());
  }

  private QueryRequest.Builder range(String partition, String from, String to) {
    return QueryRequest.builder()
        .tableName(table)
        .keyConditionExpression("#pk = :pk AND #sk BETWEEN :from AND :to")
        .expressionAttributeNames(Map.of("#pk", PARTITION, "#sk", SORT))
        .expressionAttributeValues(
            Map.of(
                ":pk", AttributeValue.fromS(partition),
                ":from", AttributeValue.fromS(from),
                ":to", AttributeValue.fromS(to)));
  }

  private static List<Item> items(QueryResponse page, String partition, String from, String to) {
    if (!page.hasItems()) {
      throw malformed("no items");
    }
    List<Item> items = new ArrayList<>();
    for (Map<String, AttributeValue> attributes : page.items()) {
      Item item = item(attributes);
      requireAskedFor(item, partition, from, to);
      items.add(item);
    }
    return items;
  }

  private static void requireAskedFor(Item item, String partition, String from, String to) {
    if (!item.partition().equals(partition)
        || item.sort().compareTo(from) < 0
        || item.sort().compareTo(to) > 0) {
      throw malformed("an item that was not asked for");
    }
  }

  private static Item item(Map<String, AttributeValue> attributes) {
    AttributeValue content = attributes.get(CONTENT);
    AttributeValue expires = attributes.get(EXPIRES);
    if ((content != null && content.b() == null) || (expires != null && expires.n() == null)) {
      throw malformed("an item of other types");
    }
    return new Item(
        text(attributes, PARTITION),
        text(attributes, SORT),
        attributes.containsKey(REVISION) ? text(attributes, REVISION) : "",
        content == null ? SdkBytes.fromByteArray(new byte[0]) : content.b(),
        expires == null ? 0 : Long.parseLong(expires.n()));
  }

  private static String text(Map<String, AttributeValue> attributes, String name) {
    AttributeValue value = attributes.get(name);
    if (value == null || value.s() == null) {
      throw malformed("an item of other types");
    }
    return value.s();
  }

  private static StoreUnavailableException malformed(String what) {
    return new StoreUnavailableException("DynamoDB answered with " + what);
  }
}
