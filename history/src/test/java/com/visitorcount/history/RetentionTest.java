package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterState;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RetentionTest {
  private static final String SITE = "example.com";
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 30);
  private static final Instant NOW = FIRST.plusDays(5).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final PageId PAGE = PageId.of("example.com/counted");

  private final UnreadableItems notes = new UnreadableItems();

  @Test
  void run_oldDays_keepTheirNumbersAndLoseTheirRows() {
    InMemoryItems items = closed();
    Map<Dimension, Object> before = splits(items);
    Totals totals = aggregate(items, List.of());
    ConsistencyReport verified = verify(items);

    assertThat(run(items, 3)).isEqualTo(2);
    assertThat(run(items, 3)).isZero();

    assertThat(aggregate(items, List.of())).isEqualTo(totals);
    assertThat(splits(items)).isEqualTo(before);
    assertThat(notes.summedDays()).isEmpty();
    assertThat(verify(items)).isEqualTo(verified);
    assertThat(verified.rows()).isEqualTo(30);
    assertThat(verified.lost()).isEqualTo(BigInteger.TEN);
    Filter filter = new Filter(Dimension.BROWSER, List.of("Chrome"), true);
    aggregate(items, List.of(filter));
    assertThat(notes.summedDays()).containsExactly(FIRST, FIRST.plusDays(1));
    assertThat(daysWithRows(items)).containsExactly(FIRST.plusDays(2));
  }

  @Test
  void run_lateRowsAndImport_areAddedAndTakenAgain() {
    InMemoryItems items = closed();
    run(items, 3);
    Totals totals = aggregate(items, List.of());
    RowImport rows = new RowImport(items, "rows", NOW);

    rows.put(SITE, FIRST, List.of(row(900, FIRST)), true);
    new Chunks(items).store(List.of(row(31, FIRST)), NOW);
    new ClosedDays(items, SITE).close(FIRST, 0);

    assertThat(aggregate(items, List.of()).views()).isEqualTo(totals.views() + 2);
    assertThat(verify(items).rows()).isEqualTo(31);
    assertThat(run(items, 3)).isEqualTo(1);
    assertThat(aggregate(items, List.of()).views()).isEqualTo(totals.views() + 2);
    assertThat(verify(items).rows()).isEqualTo(31);
    assertThat(daysWithRows(items)).containsExactly(FIRST.plusDays(2));
  }

  @Test
  void forgetDays_lateRowsArrive_historyStillAddsUp() {
    InMemoryItems items = closed();
    new Forgetting(items, NOW).days(SITE, FIRST, FIRST);

    new Chunks(items).store(List.of(row(31, FIRST)), NOW);
    new ClosedDays(items, SITE).close(FIRST, 0);

    ConsistencyReport report = verify(items);
    assertThat(report.rows()).isEqualTo(31);
    assertThat(report.lost()).isEqualTo(BigInteger.valueOf(9));
  }

  @Test
  void run_littleTime_goesOnTheNextTime() {
    InMemoryItems items = closed();
    int expired = 0;
    for (int run = 0; run < 3; run++) {
      int[] asked = {0};
      expired +=
          new Retention(items, FIRST.plusDays(2)).run(NOW, () -> ++asked[0] > 2, new HashMap<>());
    }
    assertThat(expired).isEqualTo(2);
    assertThat(daysWithRows(items)).containsExactly(FIRST.plusDays(2));
  }

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void run_troubleAtAnyCallAndAgain_isTheSame(Trouble trouble) {
    InMemoryItems before = closed();
    InMemoryItems untroubled = before.copy();
    run(untroubled, 3);
    for (int call = 1; ; call++) {
      InMemoryItems items = before.copy();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});
      try {
        new Retention(troubled, FIRST.plusDays(2)).run(NOW, () -> false, new HashMap<>());
      } catch (StoreUnavailableException | Killed e) {
        // the next run continues
      }
      // the next day, failures are tried again
      items.delete(Keys.WORK, Keys.EXPIRING);
      run(items, 3);

      assertThat(set(items)).as("%s at call %d", trouble, call).isEqualTo(set(untroubled));
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(15);
        return;
      }
    }
  }

  private static int run(InMemoryItems items, int days) {
    Map<String, RuntimeException> failures = new HashMap<>();
    items.delete(Keys.WORK, Keys.EXPIRING);
    int expired = new Retention(items, FIRST.plusDays(5 - days)).run(NOW, () -> false, failures);
    assertThat(failures).isEmpty();
    return expired;
  }

  /** Three closed days with views of a page that is counted, ten a day, and others. */
  private static InMemoryItems closed() {
    InMemoryItems items = new InMemoryItems();
    for (int day = 0; day < 3; day++) {
      LocalDate date = FIRST.plusDays(day);
      List<Row> rows = new ArrayList<>(RandomRows.day(new Random(day), date, 15));
      for (int i = 1; i <= 10; i++) {
        rows.add(row(day * 10 + i, date));
      }
      new Chunks(items).store(rows, date.atTime(23, 0).toInstant(ZoneOffset.UTC));
    }
    new Compaction(items).run(NOW, () -> false);
    // chunks and hours expire long before a day is that old
    for (int day = 0; day < 3; day++) {
      items.deleteAll(Keys.openDay(SITE, FIRST.plusDays(day)), Keys.all());
    }
    return items;
  }

  private static Row row(int sequence, LocalDate day) {
    long second = day.atStartOfDay().toEpochSecond(ZoneOffset.UTC) + 60L * sequence;
    return new Row(PAGE, 5, sequence, second, Facts.NONE, "v" + sequence);
  }

  private static ConsistencyReport verify(Items items) {
    return new ConsistencyCheck(items, CLOCK)
        .of(
            PAGE,
            () -> new CounterState(BigInteger.valueOf(40), 5, BigInteger.ZERO, 0),
            new UnreadableItems());
  }

  private Statistics statistics(Items items) {
    return new Statistics(new StoredHistory(items, CLOCK, notes), CLOCK);
  }

  private static Question question(List<Filter> filters) {
    return new Question(SITE, FIRST, FIRST.plusDays(2), ZoneOffset.UTC, filters);
  }

  private Totals aggregate(Items items, List<Filter> filters) {
    return statistics(items).aggregate(question(filters));
  }

  private Map<Dimension, Object> splits(Items items) {
    Map<Dimension, Object> splits = new HashMap<>();
    for (Dimension dimension :
        List.of(Dimension.PAGE, Dimension.HOUR, Dimension.CHANNEL, Dimension.EVENT)) {
      splits.put(dimension, statistics(items).split(question(List.of()), dimension));
    }
    return splits;
  }

  private static Set<LocalDate> daysWithRows(InMemoryItems items) {
    Set<LocalDate> days = new TreeSet<>();
    new RowExport(items, LocalDate.ofInstant(NOW, ZoneOffset.UTC))
        .forEach(SITE, FIRST, FIRST.plusDays(5), row -> days.add(row.row().day()));
    return days;
  }

  private static Set<Item> set(InMemoryItems items) {
    return new HashSet<>(items.all());
  }
}
