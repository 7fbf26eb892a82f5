package com.visitorcount.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.Counted;
import com.visitorcount.counter.CounterState;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.CountersContract;
import com.visitorcount.counter.PatientCounters;
import com.visitorcount.counter.Writers;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

final class DynamoDbCountersOnDynaliteTest extends CountersContract {
  private static final String TABLE = "VisitorCount";
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");

  private static LocalStack stack;
  private static DynamoDbClient client;
  private static Counters counters;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
    // the SDK's default timeouts: with ours, an attempt may time out on a busy machine, and a
    // repeated view is answered with the current count, not its own
    client = DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build();
    counters = PatientCounters.of(client, TABLE);
  }

  @AfterAll
  static void stop() {
    client.close();
    stack.close();
  }

  @Override
  protected Counters counters() {
    return counters;
  }

  @Test
  void add_itemOfAnOlderCounter_goesOnFromThere() {
    put("old", "41");

    assertThat(counters.add(View.of(PageId.of("old"), new ViewId("v1"), NOW)))
        .isEqualTo(new Counted(BigInteger.valueOf(42), false));
    assertThat(item("old"))
        .containsEntry("views", AttributeValue.fromN("42"))
        .containsEntry("born", AttributeValue.fromN(Long.toString(NOW.toEpochMilli())));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none, 0", "0, 0", "41, 41", "9223372036854775808, 9223372036854775808"})
  void state_itemThatWeFirstWroteTo_hasWhatItStoodAtBefore_caseC22(String before, String base) {
    PageId page = PageId.of("base " + before);
    if (before != null) {
      put(page.toString(), before);
      assertThat(counters.state(page).base()).isNull();
    }
    for (int i = 1; i <= 3; i++) {
      counters.add(View.of(page, new ViewId("v" + i), NOW.plusSeconds(i)));

      CounterState state = counters.state(page);
      assertThat(state.base()).hasToString(base);
      assertThat(state.count()).isEqualTo(state.base().add(BigInteger.valueOf(i)));
      assertThat(state.bornMillis()).isEqualTo(NOW.plusSeconds(1).toEpochMilli());
      assertThat(state.latestMillis()).isEqualTo(NOW.plusSeconds(i).toEpochMilli());
    }
  }

  /** An item from before bases existed must not get a wrong one. */
  @Test
  void state_itemThatWasBornBefore_hasNoBaseEver_caseC22() {
    PageId page = PageId.of("born before");
    client.putItem(
        put ->
            put.tableName(TABLE)
                .item(
                    Map.of(
                        "id", AttributeValue.fromS(page.toString()),
                        "views", AttributeValue.fromN("41"),
                        "born", AttributeValue.fromN("1764066930123"))));
    for (int i = 1; i <= 3; i++) {
      counters.add(View.of(page, new ViewId("v" + i), NOW));

      assertThat(counters.state(page).base()).isNull();
      assertThat(counters.state(page).bornMillis()).isEqualTo(1764066930123L);
    }
    assertThat(counters.read(page)).isEqualTo(44);
  }

  static Stream<AttributeValue> brokenCounts() {
    return Stream.of(
        AttributeValue.fromN("-3"),
        AttributeValue.fromN("-0.5"),
        AttributeValue.fromN("1E40"),
        AttributeValue.fromN("99999999999999999999999999999999999999"),
        AttributeValue.fromS("x"),
        AttributeValue.fromS("41"),
        AttributeValue.fromBool(true),
        AttributeValue.fromNul(true),
        AttributeValue.fromM(Map.of()));
  }

  @ParameterizedTest
  @MethodSource("brokenCounts")
  void add_countThatNothingCanBeAddedTo_isRefusedBeforeItIsWritten_caseC2(AttributeValue views) {
    PageId page = PageId.of("broken");
    put(page.toString(), views);
    Map<String, AttributeValue> before = item(page.toString());

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> counters.add(View.of(page, new ViewId("v"), NOW)))
          .isInstanceOf(BrokenCounterException.class);
      assertThat(item(page.toString())).isEqualTo(before);
    }
  }

  /** No condition in DynamoDB can detect a fraction. */
  @Test
  void add_fraction_isBrokenAndNotAddedToAgainByARetry_caseC2() {
    PageId page = PageId.of("fraction");
    put(page.toString(), "2.5");

    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> counters.add(View.of(page, new ViewId("v"), NOW)))
          .isInstanceOf(BrokenCounterException.class);
      assertThat(item(page.toString())).containsEntry("views", AttributeValue.fromN("3.5"));
    }
  }

  @Test
  void read_oneOfManyIsBroken_leavesOutThatOne_caseC2() {
    PageId good = PageId.of("good");
    counters.add(View.of(good, new ViewId("v"), NOW));
    for (String views : List.of("2.5", "-3", "1E40")) {
      PageId broken = PageId.of("bad " + views);
      put(broken.toString(), views);

      assertThat(counters.read(Set.of(good, broken))).containsOnly(Map.entry(good, BigInteger.ONE));
      assertThatThrownBy(() -> counters.read(broken)).isInstanceOf(BrokenCounterException.class);
      assertThatThrownBy(() -> counters.state(broken)).isInstanceOf(BrokenCounterException.class);
    }
  }

  @Test
  void add_laterViews_leaveTheBirthAsItIs() {
    counters.add(View.of(PageId.of("born"), new ViewId("v1"), NOW));
    counters.add(View.of(PageId.of("born"), new ViewId("v2"), NOW.plusSeconds(60)));

    assertThat(item("born"))
        .containsEntry("born", AttributeValue.fromN(Long.toString(NOW.toEpochMilli())));
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740992, 9007199254740993",
    "9223372036854775807, 9223372036854775808",
    "12345678901234567890123456789012345678, 12345678901234567890123456789012345679",
    "4.1E1, 42",
    "41.0, 42",
    "0, 1"
  })
  void add_numberOfAnySizeAndForm_isExact(String before, String after) {
    PageId page = PageId.of("number " + before);
    put(page.toString(), before);

    assertThat(counters.add(View.of(page, new ViewId("v1"), NOW)).count()).hasToString(after);
    assertThat(counters.read(page)).hasToString(after);
  }

  @Test
  void add_manyWritersOnOnePage_isExact() throws Exception {
    PageId page = PageId.of("hot");
    List<Callable<BigInteger>> views = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      ViewId view = new ViewId("v" + i);
      views.add(() -> counters.add(View.of(page, view, NOW)).count());
    }

    assertThat(Writers.run(32, views))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, 2_000).mapToObj(BigInteger::valueOf).toList());
  }

  /** The twin: what happens without the atomic add. */
  @Test
  void getThenPut_manyWritersOnOnePage_losesViews() throws Exception {
    UnguardedCounters unguarded = new UnguardedCounters(client, TABLE);
    List<Callable<Boolean>> views = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      views.add(
          () -> {
            unguarded.getThenPut("racy");
            return true;
          });
    }

    Writers.run(32, views);

    BigInteger counted = counters.read(PageId.of("racy"));
    System.out.println("get-then-put, 32 writers, 1000 views: " + counted + " counted");
    assertThat(counted).isLessThan(BigInteger.valueOf(1_000));
  }

  @Test
  void addWithoutAlias_reservedWord_isRefusedHereAsInAws_caseB11() {
    assertThatThrownBy(
            () ->
                client.updateItem(
                    update ->
                        update
                            .tableName(TABLE)
                            .key(Map.of("id", AttributeValue.fromS("reserved")))
                            .updateExpression("ADD views :one")
                            .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("reserved keyword");
  }

  private static void put(String id, String views) {
    put(id, AttributeValue.fromN(views));
  }

  private static void put(String id, AttributeValue views) {
    client.putItem(
        put -> put.tableName(TABLE).item(Map.of("id", AttributeValue.fromS(id), "views", views)));
  }

  private static Map<String, AttributeValue> item(String id) {
    return client
        .getItem(get -> get.tableName(TABLE).key(Map.of("id", AttributeValue.fromS(id))))
        .item();
  }
}
