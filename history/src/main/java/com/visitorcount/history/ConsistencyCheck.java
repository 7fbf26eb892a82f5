package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.CounterState;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Tells whether the history of a page adds up to its counter. */
public final class ConsistencyCheck {
  private final Items items;
  private final Clock clock;

  ConsistencyCheck(Items items, Clock clock) {
    this.items = requireNonNull(items, "items");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The report on a page since its birth, from all its rows.
   *
   * @param counter asked after the rows have been read, so that it is not behind them
   * @param unreadable receives what cannot be read; its rows count as lost
   */
  public ConsistencyReport of(
      PageId page, Supplier<CounterState> counter, UnreadableItems unreadable) {
    SortedMap<LocalDate, SequenceLedger> ledgers = ledgers(page, unreadable);
    CounterState state = counter.get();
    SequenceLedger.Life life = SequenceLedger.Life.of(page, state.bornMillis());
    SequenceSet sequences = new SequenceSet();
    SortedMap<LocalDate, Long> rows = new TreeMap<>();
    ledgers.forEach(
        (day, ledger) -> {
          SequenceLedger.Entry entry = ledger.of(life);
          entry.sequences().runs().forEach(sequences::add);
          if (entry.rows() > 0) {
            rows.put(day, entry.rows());
          }
        });
    return ConsistencyReport.of(page, state, rows, sequences, clock.instant());
  }

  private SortedMap<LocalDate, SequenceLedger> ledgers(PageId page, UnreadableItems unreadable) {
    String site = page.site();
    NavigableMap<String, Item> byKey = new TreeMap<>();
    for (Item item : query(site, Keys.sequences())) {
      byKey.put(item.sort(), item);
    }
    SortedMap<LocalDate, SequenceLedger> ledgers = new TreeMap<>();
    for (Item summary : query(site, Keys.summaries())) {
      LocalDate day = Keys.summaryDay(summary.sort());
      List<Item> parts = new ArrayList<>();
      for (String segment : StoredParts.segments(summary.revision())) {
        Keys.Range range = Keys.sequences(day, segment);
        parts.addAll(byKey.subMap(range.from(), true, range.to(), true).values());
      }
      Keys.Range gone = Keys.sequencesOfGone(day);
      Keys.Range notYet = Keys.sequencesOfGone(day, SummedDays.digest(summary.revision()));
      byKey.subMap(gone.from(), true, gone.to(), true).values().stream()
          .filter(
              item ->
                  item.sort().compareTo(notYet.from()) < 0
                      || item.sort().compareTo(notYet.to()) > 0)
          .forEach(parts::add);
      if (!parts.isEmpty()) {
        ledgers.put(day, ledger(page, day, parts, unreadable));
      }
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    for (LocalDate day = Compaction.firstOpen(today);
        !day.isAfter(today.plusDays(1));
        day = day.plusDays(1)) {
      if (!ledgers.containsKey(day)) {
        SequenceLedger open = new SequenceLedger();
        new OpenDay(items, site, day)
            .rows(unreadable, rows -> open.addAll(SequenceLedger.of(of(page, rows))));
        ledgers.put(day, open);
      }
    }
    return ledgers;
  }

  private static List<Row> of(PageId page, List<Row> rows) {
    return rows.stream().filter(row -> row.page().equals(page)).toList();
  }

  private static SequenceLedger ledger(
      PageId page, LocalDate day, Collection<Item> parts, UnreadableItems unreadable) {
    SequenceLedger ledger = new SequenceLedger();
    for (Item part : parts) {
      try {
        ledger.addPage(SequenceLedger.decode(List.of(part.bytes())), page);
      } catch (IllegalArgumentException e) {
        unreadable.addMissing(day, part.name(), e);
      }
    }
    return ledger;
  }

  private List<Item> query(String site, Keys.Range range) {
    return items.query(site, range.from(), range.to(), true);
  }
}
