package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fails at the first call, at the second, and so on to the last: the outcome is the same. */
final class EveryCallTest {
  private static final LocalDate DAY = LocalDate.of(2026, 10, 31);
  private static final Instant CLOSING = midnight(DAY.plusDays(2)).plusSeconds(600);
  private static final List<Row> ROWS = new Traffic("example.com", 1).day(DAY, 120);
  private static final List<Row> LATE = new Traffic("late.example", 2).day(DAY, 5);

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void store_troubleAtAnyCall_isMendedByStoringAgain(Trouble trouble) {
    List<Row> rows = Rows.union(List.of(ROWS, LATE));
    InMemoryItems untroubled = new InMemoryItems();
    new Chunks(untroubled).store(rows, arrival(12));

    for (int call = 1; ; call++) {
      InMemoryItems items = new InMemoryItems();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});
      try {
        new Chunks(troubled).store(rows, arrival(12));
      } catch (Killed e) {
        // Lambda sends the batch again
      }
      assertThatEverySiteIsListed(items);
      new Chunks(items).store(rows, arrival(12));

      assertThat(set(items)).as("%s at call %d", trouble, call).isEqualTo(set(untroubled));
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(4);
        return;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "ANSWER_LOST"})
  void store_refused_namesJustTheRowsThatMayNotBeStored(Trouble trouble) {
    List<Row> rows = Rows.union(List.of(ROWS, LATE));

    for (int call = 1; ; call++) {
      InMemoryItems items = new InMemoryItems();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});

      Chunks.Result result = new Chunks(troubled).store(rows, arrival(12));

      Set<Row> all = new HashSet<>(result.unstored());
      for (String site : List.of("example.com", "late.example")) {
        new OpenDay(items, site, DAY).rows(new UnreadableItems(), all::addAll);
      }
      assertThat(all).as("%s at call %d", trouble, call).isEqualTo(new HashSet<>(rows));
      if (!troubled.happened()) {
        assertThat(result.unstored()).isEmpty();
        assertThat(result.cause()).isNull();
        return;
      }
      assertThat(result.unstored()).isNotEmpty();
      assertThat(result.cause()).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void compact_troubleAtAnyCall_isMendedByTheNextHour(Trouble trouble) {
    assertThatTheNextHourMends(trouble, ROWS, ClosedDays.MAX_ROWS);
  }

  @ParameterizedTest
  @EnumSource
  void compact_inPiecesAndTroubleAtAnyCall_isMendedByTheNextHour(Trouble trouble) {
    assertThatTheNextHourMends(trouble, ROWS.subList(0, 8), 3);
  }

  private static void assertThatTheNextHourMends(Trouble trouble, List<Row> rows, int maxRows) {
    InMemoryItems untroubled = arrived(rows);
    compact(untroubled, CLOSING, maxRows);

    for (int call = 1; ; call++) {
      InMemoryItems items = arrived(rows);
      TroubledItems troubled =
          new TroubledItems(items, call, trouble, () -> compact(items, CLOSING, maxRows));
      compact(troubled, CLOSING, maxRows);
      compact(items, CLOSING, maxRows);

      assertThat(forEver(items)).as("%s at call %d", trouble, call).isEqualTo(forEver(untroubled));
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(40);
        return;
      }
    }
  }

  /**
   * Between any two calls of one run that closes the day, more rows arrive and another run closes
   * it.
   */
  @Test
  void close_byTwoAtOnceWhileRowsArrive_losesNone() {
    List<Row> first = ROWS.subList(0, 100);
    List<Row> rest = ROWS.subList(100, ROWS.size());

    for (int call = 1; ; call++) {
      InMemoryItems items = new InMemoryItems();
      new Chunks(items).store(first, arrival(12));
      TroubledItems interrupted =
          new TroubledItems(
              items,
              call,
              Trouble.INTERRUPTED,
              () -> {
                new Chunks(items).store(rest, CLOSING);
                compact(items, CLOSING);
              });

      compact(interrupted, CLOSING);
      if (!interrupted.happened()) {
        return;
      }

      assertThat(ClosedRows.of(items, "example.com", DAY))
          .as("call %d", call)
          .extracting(Row::name)
          .containsExactlyInAnyOrderElementsOf(ROWS.stream().map(Row::name).toList());
    }
  }

  private static void assertThatEverySiteIsListed(InMemoryItems items) {
    assertThat(new Sites(items).all().keySet())
        .containsAll(
            items.all().stream()
                .filter(item -> item.sort().startsWith("c#"))
                .map(chunk -> chunk.partition().substring(0, chunk.partition().indexOf('#')))
                .toList());
  }

  private static InMemoryItems arrived(List<Row> rows) {
    InMemoryItems items = new InMemoryItems();
    int size = rows.size() / 4;
    for (int i = 0; i < 4; i++) {
      new Chunks(items).store(rows.subList(i * size, (i + 1) * size), arrival(6 + 6 * i));
    }
    new Chunks(items).store(LATE, arrival(30));
    return items;
  }

  private static void compact(Items items, Instant now) {
    compact(items, now, ClosedDays.MAX_ROWS);
  }

  private static void compact(Items items, Instant now, int maxRows) {
    try {
      new Compaction(items, maxRows).run(now, () -> false);
    } catch (StoreUnavailableException | Killed e) {
      // the next hour does the rest
    }
  }

  /** Everything except a large day's shards and marks, which expire. */
  private static Set<Item> forEver(InMemoryItems items) {
    Set<Item> all = set(items);
    all.removeIf(item -> item.sort().matches("[vuy]#.*"));
    return all;
  }

  private static Set<Item> set(InMemoryItems items) {
    return new HashSet<>(items.all());
  }

  private static Instant arrival(int hour) {
    return midnight(DAY).plusSeconds(hour * 3_600L + 1);
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
