package com.visitorcount.counter;

import static com.visitorcount.counter.DynamoDbClients.orUnavailable;
import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Lets counters continue from the counts of another product. A raised counter starts again at that
 * count: its birth is the time of the import, and the whole count is before history, so that {@code
 * rows + lost + before history = counter} still holds. The rows of earlier views stay in the
 * statistics.
 */
public final class StartingCounts {
  private final DynamoDbClient client;
  private final String table;

  StartingCounts(DynamoDbClient client, String table) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
  }

  /**
   * Raises a counter to a count, unless it is already that high. Repeating this has no effect, and
   * it never lowers a counter.
   *
   * @param views 1 or more
   * @return whether it was raised
   * @throws IllegalArgumentException for a count below 1 or longer than 38 digits
   * @throws StoreUnavailableException if the store did not answer in time or refused; the counter
   *     may or may not have been raised then
   */
  public boolean raise(PageId page, BigInteger views, Instant now) {
    if (views.signum() <= 0 || views.compareTo(CounterItem.MAX_VIEWS) > 0) {
      throw new IllegalArgumentException("a starting count has 1 to 38 digits, and is not 0");
    }
    AttributeValue count = AttributeValue.fromN(views.toString());
    AttributeValue born = AttributeValue.fromN(Long.toString(birth(views, now)));
    return orUnavailable(
        () -> {
          try {
            client.updateItem(
                update ->
                    update
                        .tableName(table)
                        .key(ItemKeys.of(page))
                        .updateExpression("SET #views = :views, #base = :views, #born = :born")
                        .conditionExpression("attribute_not_exists(#views) OR #views < :views")
                        .expressionAttributeNames(
                            Map.of(
                                "#views", CounterItem.VIEWS,
                                "#base", CounterItem.BASE,
                                "#born", CounterItem.BORN))
                        .expressionAttributeValues(Map.of(":views", count, ":born", born)));
            return true;
          } catch (ConditionalCheckFailedException e) {
            return false;
          }
        });
  }

  /** Avoids a birth equal to the base, which would mean that the base is unknown. */
  private static long birth(BigInteger views, Instant now) {
    long millis = now.toEpochMilli();
    return views.equals(BigInteger.valueOf(millis)) ? millis + 1 : millis;
  }
}
