package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RowImportTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 10, 30);
  private static final Instant NOW = DAY.plusDays(4).atTime(15, 0).toInstant(ZoneOffset.UTC);

  @Test
  void put_whatWasExported_hasTheSameSummary() {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      InMemoryItems items = closed(RandomRows.dayWithEvents(random, DAY, 1 + random.nextInt(60)));
      InMemoryItems copy = new InMemoryItems();

      importer(copy, "rows").put(SITE, DAY, export(items), true);
      importer(copy, "rows").sumMonth(SITE, YearMonth.from(DAY));

      assertThat(summary(copy)).as("site %d", i).isEqualTo(summary(items));
      assertThat(new Sites(copy).all()).containsOnlyKeys(SITE);
      assertThat(copy.query(SITE, "m#", "m#~", true)).hasSize(1);
    }
  }

  @Test
  void put_besideOurs_isReplacedByTheSameSourceAlone() {
    List<Row> ours = RandomRows.day(new Random(2), DAY, 20);
    List<Row> theirs = RandomRows.day(new Random(3), DAY, 20);
    InMemoryItems items = closed(ours);
    byte[] before = summary(items);

    importer(items, "one").put(SITE, DAY, theirs, true);
    importer(items, "two").put(SITE, DAY, theirs, true);
    assertThat(export(items)).hasSize(ours.size() + 2 * theirs.size());
    assertThat(importer(items, "one").days(SITE)).containsExactly(DAY);

    importer(items, "one").put(SITE, DAY, theirs.subList(0, 3), true);
    importer(items, "one").put(SITE, DAY, theirs.subList(3, 5), false);
    assertThat(export(items)).hasSize(ours.size() + 5 + theirs.size());

    importer(items, "one").put(SITE, DAY, List.of(), true);
    importer(items, "two").put(SITE, DAY, List.of(), true);
    assertThat(summary(items)).isEqualTo(before);
    assertThat(export(items))
        .extracting(Row::name)
        .containsExactlyElementsOf(ours.stream().map(Row::name).toList());
  }

  @Test
  void put_dayOfTheSourceAlone_goesWithIt() {
    InMemoryItems items = new InMemoryItems();
    RowImport source = importer(items, "rows");
    source.put(SITE, DAY, RandomRows.day(new Random(3), DAY, 20), true);
    source.sumMonth(SITE, YearMonth.from(DAY));

    source.put(SITE, DAY, List.of(), true);
    source.sumMonth(SITE, YearMonth.from(DAY));

    assertThat(items.all()).extracting(Item::partition).containsExactly(Keys.SITES);
  }

  @Test
  void put_openRowsOfTheDay_areClosedWithIt() {
    List<Row> ours = RandomRows.day(new Random(2), DAY, 20);
    List<Row> theirs = RandomRows.day(new Random(3), DAY, 20);
    InMemoryItems items = new InMemoryItems();
    new Chunks(items).store(ours, NOW.minusSeconds(4 * 86_400));

    importer(items, "rows").put(SITE, DAY, theirs, true);

    assertThat(export(items)).hasSize(ours.size() + theirs.size());
  }

  @Test
  void put_dayThatIsNotClosed_isRefused() {
    RowImport rows = importer(new InMemoryItems(), "rows");

    assertThat(rows.lastDay()).isEqualTo(DAY.plusDays(2));
    assertThatThrownBy(() -> rows.put(SITE, DAY.plusDays(3), List.of(), true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void put_troubleAtAnyCallAndAgain_isTheSame(Trouble trouble) {
    List<Row> ours = RandomRows.day(new Random(2), DAY, 8);
    List<Row> theirs = RandomRows.day(new Random(3), DAY, 8);
    InMemoryItems before = closed(ours);
    InMemoryItems untroubled = before.copy();
    importer(untroubled, "rows").put(SITE, DAY, theirs, true);
    for (int call = 1; ; call++) {
      InMemoryItems items = before.copy();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});
      try {
        importer(troubled, "rows").put(SITE, DAY, theirs, true);
      } catch (StoreUnavailableException | Killed e) {
        // the user imports again
      }
      importer(items, "rows").put(SITE, DAY, theirs, true);

      assertThat(set(items)).as("%s at call %d", trouble, call).isEqualTo(set(untroubled));
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(10);
        return;
      }
    }
  }

  private static InMemoryItems closed(List<Row> rows) {
    InMemoryItems items = new InMemoryItems();
    new Chunks(items).store(rows, NOW.minusSeconds(4 * 86_400));
    new Compaction(items).run(NOW, () -> false);
    return items;
  }

  private static RowImport importer(Items items, String source) {
    return new RowImport(items, source, NOW);
  }

  private static List<Row> export(InMemoryItems items) {
    List<Row> rows = new ArrayList<>();
    new RowExport(items, LocalDate.ofInstant(NOW, ZoneOffset.UTC))
        .forEach(SITE, DAY, DAY, row -> rows.add(row.row()));
    return Rows.union(List.of(rows));
  }

  private static byte[] summary(InMemoryItems items) {
    String key = Keys.summary(DAY);
    return items.query(SITE, key, key, true).get(0).bytes();
  }

  private static Set<Item> set(InMemoryItems items) {
    return new HashSet<>(items.all());
  }
}
