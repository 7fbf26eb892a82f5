package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class PacedItemsTest {
  private static final int UNITS_PER_SECOND = 100;

  private long nanos;
  private int refusals;

  private final Items table =
      new ForwardingItems(new InMemoryItems()) {
        @Override
        public void put(Item item) {
          if (refusals-- > 0) {
            throw new StoreUnavailableException("refused", refusal());
          }
          super.put(item);
        }
      };

  private final PacedItems items =
      new PacedItems(table, UNITS_PER_SECOND, () -> nanos, sleep -> nanos += sleep);

  private String code = "ProvisionedThroughputExceededException";

  @Test
  void put_manyItems_takesAsLongAsTheirUnits() {
    int units = 30_000;
    for (int i = 0; i < units / 60; i++) {
      items.put(item(i, 60));
    }

    int burst = 60 * UNITS_PER_SECOND;
    assertThat(nanos / 1e9).isCloseTo((units - burst) / (double) UNITS_PER_SECOND, within(2.0));
  }

  @Test
  void put_throttled_waitsAndGoesOn() {
    refusals = 20;

    items.put(item(1, 1));

    assertThat(table.query("p", "!", "~", true)).hasSize(1);
    assertThat(nanos / 1e9).isCloseTo(20, within(0.1));
  }

  @Test
  void put_throttledForGood_isGivenUp() {
    refusals = Integer.MAX_VALUE;

    assertThatThrownBy(() -> items.put(item(1, 1))).isInstanceOf(StoreUnavailableException.class);
    assertThat(nanos / 1e9).isLessThan(31);
  }

  @Test
  void put_refusedForAnotherReason_isNotTriedAgain() {
    code = "AccessDeniedException";
    refusals = 1;

    assertThatThrownBy(() -> items.put(item(1, 1))).isInstanceOf(StoreUnavailableException.class);
    assertThat(nanos).isZero();
  }

  private static Item item(int number, int units) {
    String key = String.format(Locale.ROOT, "%05d", number);
    return new Item("p", key, "", new byte[units * 1_024 - 100], 0);
  }

  private DynamoDbException refusal() {
    return (DynamoDbException)
        DynamoDbException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .statusCode(400)
            .build();
  }
}
