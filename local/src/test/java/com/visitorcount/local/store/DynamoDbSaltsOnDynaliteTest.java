package com.visitorcount.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Writers;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.visitor.Salts;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoDbSaltsOnDynaliteTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-25");

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

  /** Case B33: several sandboxes that all start at midnight. */
  @Test
  void of_manyWhoAskFirstTogether_isTheSameForAll() throws Exception {
    List<Callable<String>> firsts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Salts salts = salts();
      firsts.add(() -> Arrays.toString(salts.of(DAY)));
    }

    assertThat(Writers.run(10, firsts)).containsOnly(Arrays.toString(salts().of(DAY)));
  }

  @Test
  void of_anotherDay_isAnotherSaltOf32Bytes() {
    Salts salts = salts();

    assertThat(salts.of(DAY.plusDays(1))).hasSize(32).isNotEqualTo(salts.of(DAY.plusDays(2)));
  }

  /** Case B9: in seconds. */
  @Test
  void of_aDay_expiresTwoDaysLater() {
    salts().of(DAY.plusDays(10));

    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName("VisitorCount")
                        .key(Map.of("id", AttributeValue.fromS("#salt/2026-12-05"))))
            .item();
    // date -u -d 2026-12-07 +%s
    assertThat(item.get("exp")).isEqualTo(AttributeValue.fromN("1796601600"));
    assertThat(item).containsOnlyKeys("id", "salt", "exp");
  }

  @Test
  void of_sameDayAgain_isAskedForOnce() {
    List<byte[]> asked = new ArrayList<>();
    Salts salts = new CounterTable(client, "VisitorCount").salts(asked::add);

    salts.of(DAY.plusDays(20));
    salts.of(DAY.plusDays(20));
    salts.of(DAY.plusDays(21));

    assertThat(asked).hasSize(2);
  }

  private static Salts salts() {
    return new CounterTable(client, "VisitorCount").salts(new SecureRandom()::nextBytes);
  }
}
