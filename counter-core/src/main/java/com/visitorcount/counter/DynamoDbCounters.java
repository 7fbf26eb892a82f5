package com.visitorcount.counter;

import static com.visitorcount.counter.DynamoDbClients.orUnavailable;
import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.View;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
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
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * Counters in a DynamoDB table with the string key {@code id}. One view is one {@code UpdateItem}
 * of one write unit; reads are consistent. An item with only {@code id} and {@code views}, as other
 * products write it, continues from its count.
 */
public final class DynamoDbCounters implements Counters {
  /** For calls that may follow another within the same request. */
  static final Duration FOLLOWING_CALL_TIMEOUT = Duration.ofMillis(900);

  private static final int MAX_BATCH_ROUNDS = 3;
  private static final Duration BATCH_PAUSE = Duration.ofMillis(50);
  private static final AttributeValue ZERO = AttributeValue.fromN("0");
  private static final AttributeValue ONE = AttributeValue.fromN("1");

  /** The highest count that one can be added to. */
  private static final BigInteger MAX_BEFORE = CounterItem.MAX_VIEWS.subtract(BigInteger.ONE);

  private static final AttributeValue MOST = AttributeValue.fromN(MAX_BEFORE.toString());

  /**
   * Right-hand sides refer to the item before the write; an item born before bases existed gets its
   * birth as its base. Adding nothing makes a copy of the number, which a store that adds to views
   * in place does not change.
   */
  private static final String UPDATE =
      "ADD #views :one SET #base = if_not_exists(#base,"
          + " if_not_exists(born, if_not_exists(#views, :zero))) + :zero,"
          + " born = if_not_exists(born, :now), #last = :last, ";

  private static final String CONDITION =
      "(attribute_not_exists(#views) OR #views BETWEEN :zero AND :most) AND ";

  /**
   * The constant part of a write.
   *
   * @param names for the aliases in both expressions
   */
  private record Write(String update, String condition, Map<String, String> names) {
    static Write of(int register) {
      Map<String, String> names = new HashMap<>(RetryGuard.names(register));
      names.put("#views", CounterItem.VIEWS);
      names.put("#base", CounterItem.BASE);
      names.put("#last", CounterItem.LAST);
      return new Write(
          UPDATE + RetryGuard.assignments(register),
          CONDITION + RetryGuard.condition(register),
          Map.copyOf(names));
    }
  }

  /** By the guard's register. */
  private static final List<Write> WRITES =
      IntStream.range(0, RetryGuard.SETS).mapToObj(Write::of).toList();

  private static final AwsRequestOverrideConfiguration USUAL_LIMIT =
      limit(AnswerTimes.SHORTEST_WAIT);

  private final DynamoDbClient client;
  private final String table;
  private final AnswerTimes times;
  private final AtomicBoolean warm = new AtomicBoolean();

  /**
   * @param nanoTime as {@link System#nanoTime()}; it distinguishes a hanging call from a slow store
   */
  public DynamoDbCounters(DynamoDbClient client, String table, LongSupplier nanoTime) {
    this(client, table, new AnswerTimes(nanoTime, AnswerTimes.LONGEST_WAIT));
  }

  DynamoDbCounters(DynamoDbClient client, String table, AnswerTimes times) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
    this.times = requireNonNull(times, "times");
  }

  /**
   * The outcome of a write.
   *
   * @param item the item after the write, or the stored item if the write was refused; null if the
   *     store did not return it
   * @param sentBefore whether an earlier attempt of the same call got no answer
   */
  private record Answer(
      @Nullable Map<String, AttributeValue> item, boolean refused, boolean sentBefore) {}

  @Override
  public Counted add(View view) {
    UpdateItemRequest.Builder request = addRequest(view);
    return orUnavailable(
        () -> {
          Answer answer = send(request);
          if (!answer.refused()) {
            return new Counted(viewsWritten(requireNonNull(answer.item(), "item")), false);
          }
          // DynamoDB returns the item; not every compatible store does
          Map<String, AttributeValue> item = answer.item();
          BigInteger views = CounterItem.views(item == null ? readAfterRefusal(view.page()) : item);
          if (views.compareTo(MAX_BEFORE) > 0) {
            throw new BrokenCounterException();
          }
          return new Counted(views, !answer.sentBefore());
        });
  }

  /**
   * The first call of a process opens the connection and loads classes, so it gets more time. After
   * that, a late call is sent again rather than waited for: the guard catches a repeat while few
   * other views come in between.
   */
  private Answer send(UpdateItemRequest.Builder request) {
    if (!warm.get()) {
      Answer answer = send(request.build(), false);
      warm.set(true);
      return answer;
    }
    Duration wait = times.firstWait();
    try {
      return timed(limited(request, wait), false);
    } catch (ApiCallTimeoutException e) {
      Duration longer = wait.minus(AnswerTimes.SHORTEST_WAIT);
      return timed(limited(request, DynamoDbClients.TOTAL_TIMEOUT.minus(longer)), true);
    }
  }

  private Answer timed(UpdateItemRequest request, boolean sentBefore) {
    long start = times.start();
    Answer answer = send(request, sentBefore);
    times.answered(start);
    return answer;
  }

  private static UpdateItemRequest limited(UpdateItemRequest.Builder request, Duration timeout) {
    return request
        .overrideConfiguration(
            timeout.equals(AnswerTimes.SHORTEST_WAIT) ? USUAL_LIMIT : limit(timeout))
        .build();
  }

  private static AwsRequestOverrideConfiguration limit(Duration timeout) {
    return AwsRequestOverrideConfiguration.builder().apiCallTimeout(timeout).build();
  }

  private Answer send(UpdateItemRequest request, boolean sentBefore) {
    try {
      UpdateItemResponse response = client.updateItem(request);
      return new Answer(response.attributes(), false, sentBefore);
    } catch (ConditionalCheckFailedException e) {
      Integer attempts = e.numAttempts();
      boolean again = sentBefore || (attempts != null && attempts > 1);
      return new Answer(e.hasItem() ? e.item() : null, true, again);
    }
  }

  /**
   * The count after a write. Invalid counts are refused before, except for numbers with a fraction,
   * which no condition can distinguish from whole ones.
   */
  private static BigInteger viewsWritten(Map<String, AttributeValue> item) {
    AttributeValue views = item.get(CounterItem.VIEWS);
    if (views == null || views.n() == null) {
      throw malformed("a write without a count");
    }
    return CounterItem.views(item);
  }

  private UpdateItemRequest.Builder addRequest(View view) {
    RetryGuard guard = RetryGuard.of(view.id());
    Write write = WRITES.get(guard.set());
    Map<String, AttributeValue> values = new HashMap<>(guard.values());
    values.put(":zero", ZERO);
    values.put(":one", ONE);
    values.put(":most", MOST);
    values.put(":now", AttributeValue.fromN(Long.toString(view.at().toEpochMilli())));
    values.put(":last", LastView.attribute(view));
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(ItemKeys.of(view.page()))
        .updateExpression(write.update())
        .conditionExpression(write.condition())
        .expressionAttributeNames(write.names())
        .expressionAttributeValues(values)
        .returnValues(ReturnValue.UPDATED_NEW)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
  }

  @Override
  public boolean tell(PageId page, Instant at, VisitorToken visitor, Engagement engagement) {
    UpdateItemRequest.Builder request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(ItemKeys.of(page))
            .updateExpression("SET #last = :last")
            .conditionExpression("attribute_exists(#views)")
            .expressionAttributeNames(
                Map.of("#views", CounterItem.VIEWS, "#last", CounterItem.LAST))
            .expressionAttributeValues(
                Map.of(":last", LastView.attribute(at, visitor, engagement)));
    return orUnavailable(() -> !send(request).refused());
  }

  @Override
  public BigInteger read(PageId page) {
    return orUnavailable(() -> CounterItem.views(item(getRequest(page).build())));
  }

  @Override
  public CounterState state(PageId page) {
    GetItemRequest request =
        getRequest(page)
            .projectionExpression("#id, #views, #born, #base, #last.#at")
            .expressionAttributeNames(
                Map.of(
                    "#id", ItemKeys.ID,
                    "#views", CounterItem.VIEWS,
                    "#born", CounterItem.BORN,
                    "#base", CounterItem.BASE,
                    "#last", CounterItem.LAST,
                    "#at", LastView.TIME))
            .build();
    return orUnavailable(
        () -> {
          Map<String, AttributeValue> item = item(request);
          return item.isEmpty()
              ? CounterState.NONE
              : new CounterState(
                  CounterItem.views(item),
                  CounterItem.bornMillis(item),
                  CounterItem.base(item),
                  LastView.millis(item));
        });
  }

  private Map<String, AttributeValue> readAfterRefusal(PageId page) {
    Map<String, AttributeValue> item =
        item(
            getRequest(page)
                .overrideConfiguration(override -> override.apiCallTimeout(FOLLOWING_CALL_TIMEOUT))
                .build());
    if (item.isEmpty()) {
      throw malformed("a refused write of an item that is not there");
    }
    return item;
  }

  private Map<String, AttributeValue> item(GetItemRequest request) {
    Map<String, AttributeValue> item = client.getItem(request).item();
    if (!item.isEmpty() && id(item) == null) {
      throw malformed("an item that has no id");
    }
    return item;
  }

  private static @Nullable String id(Map<String, AttributeValue> item) {
    AttributeValue id = item.get(ItemKeys.ID);
    return id == null ? null : id.s();
  }

  private GetItemRequest.Builder getRequest(PageId page) {
    return GetItemRequest.builder()
        .tableName(table)
        .key(ItemKeys.of(page))
        .projectionExpression("#id, #views")
        .expressionAttributeNames(Map.of("#id", ItemKeys.ID, "#views", CounterItem.VIEWS))
        .consistentRead(true);
  }

  @Override
  public Map<PageId, BigInteger> read(Set<PageId> pages) {
    if (pages.size() > MAX_PAGES) {
      throw new IllegalArgumentException("at most " + MAX_PAGES + " pages");
    }
    Map<String, Map<String, AttributeValue>> found =
        pages.isEmpty() ? Map.of() : orUnavailable(() -> find(pages));
    Map<PageId, BigInteger> counts = new LinkedHashMap<>();
    for (PageId page : pages) {
      try {
        counts.put(page, CounterItem.views(found.getOrDefault(page.toString(), Map.of())));
      } catch (BrokenCounterException e) {
        // left out; it must not affect the others
      }
    }
    return counts;
  }

  private Map<String, Map<String, AttributeValue>> find(Set<PageId> pages) {
    Map<String, Map<String, AttributeValue>> found = new HashMap<>();
    Set<String> ids = pages.stream().map(PageId::toString).collect(Collectors.toSet());
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
        throw malformed("no items");
      }
      for (Map<String, AttributeValue> item : response.responses().getOrDefault(table, List.of())) {
        String id = id(item);
        if (id == null || !ids.contains(id)) {
          throw malformed("an item that was not asked for");
        }
        found.put(id, item);
      }
      wanted = response.unprocessedKeys();
      if (wanted.isEmpty()) {
        return found;
      }
    }
    throw new StoreUnavailableException("DynamoDB repeatedly left keys unread");
  }

  private static StoreUnavailableException malformed(String what) {
    return new StoreUnavailableException("DynamoDB answered with " + what);
  }
}
