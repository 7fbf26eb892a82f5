package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterState;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ForgettingTest {
  private static final String SITE = "example.com";
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 30);
  private static final LocalDate OPEN = FIRST.plusDays(4);
  private static final Instant NOW = OPEN.atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final PageId PAGE = PageId.ofKey("example.com/p1");
  private static final Row OTHER =
      RandomRows.day(new Random(9), FIRST, 1).get(0).withBorn(7, "").withVisitor("someone");

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void site_troubleAtAnyCallAndAgain_leavesNothing(Trouble trouble) {
    assertThatAgainMends(trouble, history -> history.site(SITE), 20);

    InMemoryItems items = stored();
    new Forgetting(items, NOW).site(SITE);
    assertThat(items.all())
        .noneMatch(item -> item.name().contains(SITE))
        .anyMatch(item -> item.partition().equals("other.example"));
  }

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void page_troubleAtAnyCallAndAgain_isForgottenOnce(Trouble trouble) {
    assertThatAgainMends(trouble, history -> history.page(PAGE), 40);
  }

  @Test
  void page_inClosedAndOpenDays_leavesTheOtherRowsAndTheirNumbers() {
    InMemoryItems items = stored();
    List<Row> expected = new ArrayList<>(export(items));
    assertThat(expected).anyMatch(row -> row.page().equals(PAGE));
    assertThat(expected).anyMatch(row -> row.event() != null && isOn(row));

    new Forgetting(items, NOW).page(PAGE);

    expected.removeIf(row -> row.page().equals(PAGE));
    List<Row> left = export(items);
    assertThat(left)
        .extracting(Row::name)
        .containsExactlyElementsOf(expected.stream().map(Row::name).toList());
    assertThat(left).noneMatch(row -> row.event() != null && isOn(row));
    // as if it had never existed
    InMemoryItems fresh = new InMemoryItems();
    new Chunks(fresh).store(left, NOW.minusSeconds(86_400));
    close(fresh);
    for (LocalDate day = FIRST; day.isBefore(OPEN.minusDays(1)); day = day.plusDays(1)) {
      assertThat(summary(items, day)).isEqualTo(summary(fresh, day));
    }
    assertThat(month(items)).isEqualTo(month(fresh));
    assertThat(items.all()).noneMatch(item -> item.sort().startsWith("f#"));
  }

  @Test
  void page_rowsArriveLater_doesNotComeBack() {
    InMemoryItems items = stored();
    new Forgetting(items, NOW).page(PAGE);

    new Chunks(items).store(List.of(OTHER), NOW);
    new Compaction(items).run(NOW.plusSeconds(3_600), () -> false);

    assertThat(export(items)).contains(export(items).get(0)).noneMatch(row -> isOf(row));
    assertThat(export(items)).extracting(Row::name).contains(OTHER.name());
  }

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void days_troubleAtAnyCallAndAgain_areForgottenOnce(Trouble trouble) {
    assertThatAgainMends(trouble, history -> history.days(SITE, FIRST, FIRST.plusDays(1)), 30);
  }

  @Test
  void days_counterStays_historyStillAddsUp() {
    InMemoryItems items = new InMemoryItems();
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      long second = FIRST.plusDays(i / 11).atStartOfDay().toEpochSecond(ZoneOffset.UTC) + i;
      rows.add(new Row(PAGE, 5, i, second, OTHER.facts(), "v" + i));
    }
    new Chunks(items).store(rows, FIRST.plusDays(4).atStartOfDay().toInstant(ZoneOffset.UTC));
    close(items);
    ConsistencyReport before = verify(items);

    new Forgetting(items, NOW).days(SITE, FIRST, FIRST.plusDays(1));

    assertThat(verify(items)).isEqualTo(before);
    assertThat(before.lost()).isZero();
    assertThat(export(items)).allMatch(row -> row.day().isAfter(FIRST.plusDays(1))).hasSize(19);
    StoredHistory history = new StoredHistory(items, Clock.fixed(NOW, ZoneOffset.UTC));
    assertThat(history.days(SITE, FIRST, FIRST).get(FIRST).summary().totals().views()).isZero();
  }

  @Test
  void days_rowsArriveLater_historyStillAddsUp() {
    InMemoryItems items = new InMemoryItems();
    List<Row> rows = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      long second = FIRST.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + 60L * i;
      rows.add(new Row(PAGE, 5, i, second, OTHER.facts(), "v" + i));
    }
    Instant later = FIRST.plusDays(4).atStartOfDay().toInstant(ZoneOffset.UTC);
    new Chunks(items).store(rows.subList(0, 30), later);
    close(items);
    new Forgetting(items, NOW).days(SITE, FIRST, FIRST);

    new Chunks(items).store(rows.subList(30, 40), NOW);
    new Compaction(items).run(NOW.plusSeconds(3_600), () -> false);
    assertThat(verify(items).lost()).isZero();
    assertThat(verify(items).addsUp()).isTrue();
    assertThat(export(items)).hasSize(10);

    new Forgetting(items, NOW.plusSeconds(7_200)).days(SITE, FIRST, FIRST);
    assertThat(verify(items).lost()).isZero();
    assertThat(verify(items).addsUp()).isTrue();
    assertThat(export(items)).isEmpty();
  }

  private static ConsistencyReport verify(InMemoryItems items) {
    return new ConsistencyCheck(items, Clock.fixed(NOW, ZoneOffset.UTC))
        .of(
            PAGE,
            () -> new CounterState(BigInteger.valueOf(40), 5, BigInteger.ZERO, 0),
            new UnreadableItems());
  }

  private static void assertThatAgainMends(
      Trouble trouble, Consumer<Forgetting> work, int minCalls) {
    InMemoryItems before = stored();
    InMemoryItems untroubled = before.copy();
    work.accept(new Forgetting(untroubled, NOW));
    for (int call = 1; ; call++) {
      InMemoryItems items = before.copy();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});
      try {
        work.accept(new Forgetting(troubled, NOW));
      } catch (StoreUnavailableException | Killed e) {
        // the user repeats the command
      }
      work.accept(new Forgetting(items, NOW));

      assertThat(different(items, untroubled)).as("%s at call %d", trouble, call).isEmpty();
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(minCalls);
        return;
      }
    }
  }

  private static boolean isOf(Row row) {
    return row.page().equals(PAGE);
  }

  private static boolean isOn(Row row) {
    return row.event().page().equals(PAGE.toString());
  }

  /** Some closed days, one of them closed in pieces, and an open one with hours; another site. */
  private static InMemoryItems stored() {
    InMemoryItems items = new InMemoryItems();
    Random random = new Random(1);
    for (LocalDate day = FIRST; !day.isAfter(OPEN); day = day.plusDays(2)) {
      List<Row> rows = RandomRows.dayWithEvents(random, day, 5);
      int half = rows.size() / 2;
      Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
      new Chunks(items, 1).store(rows.subList(0, half), noon);
      new Chunks(items, 1).store(rows.subList(half, rows.size()), noon.plusSeconds(3_600));
    }
    Row other =
        new Row(PageId.ofKey("other.example/"), 5, 1, OTHER.second(), OTHER.facts(), "someone");
    new Chunks(items).store(List.of(other), NOW.minusSeconds(86_400));
    close(items);
    new Compaction(items).run(NOW, () -> false);
    return items;
  }

  private static void close(InMemoryItems items) {
    new ClosedDays(items, SITE, 4).close(FIRST.plusDays(2), NOW.getEpochSecond());
    new Compaction(items).run(NOW, () -> false);
    new Months(items, SITE).sum(YearMonth.from(FIRST));
  }

  private static List<Row> export(InMemoryItems items) {
    List<Row> rows = new ArrayList<>();
    new RowExport(items, LocalDate.ofInstant(NOW, ZoneOffset.UTC))
        .forEach(SITE, FIRST, OPEN, row -> rows.add(row.row()));
    return Rows.union(List.of(rows));
  }

  private static List<Byte> summary(InMemoryItems items, LocalDate day) {
    return bytes(items, Keys.summary(day));
  }

  private static List<Byte> month(InMemoryItems items) {
    return bytes(items, Keys.month(YearMonth.from(FIRST)));
  }

  private static List<Byte> bytes(InMemoryItems items, String key) {
    List<Byte> bytes = new ArrayList<>();
    items
        .query(SITE, key, key, true)
        .forEach(
            item -> {
              for (byte one : item.bytes()) {
                bytes.add(one);
              }
            });
    return bytes;
  }

  /** The keys that only one of them has. */
  private static Set<String> different(InMemoryItems one, InMemoryItems other) {
    Set<Item> onlyOne = new HashSet<>(one.all());
    Set<Item> onlyOther = new HashSet<>(other.all());
    onlyOne.removeAll(other.all());
    onlyOther.removeAll(one.all());
    onlyOne.addAll(onlyOther);
    return onlyOne.stream().map(Item::name).collect(Collectors.toCollection(TreeSet::new));
  }
}
