package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.row.Row;
import com.visitorcount.statistics.History;
import com.visitorcount.statistics.Summary;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** History as the table has it: what is closed, and beside it what is not. */
final class StoredHistory implements History {
  private final Items items;
  private final Clock clock;

  StoredHistory(Items items, Clock clock) {
    this.items = requireNonNull(items, "items");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public SortedMap<LocalDate, Summary> days(String site, LocalDate from, LocalDate to) {
    return summaries(site, Keys.summaries(from, to), Keys::summaryDay);
  }

  @Override
  public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
    return summaries(site, Keys.months(from, to), Keys::monthOf);
  }

  /**
   * @param time of a sort key
   */
  private <T extends Comparable<? super T>> SortedMap<T, Summary> summaries(
      String site, Keys.Range range, Function<String, T> time) {
    SortedMap<T, Summary> summaries = new TreeMap<>();
    for (Item item : items.query(site, range.from(), range.to(), false)) {
      summaries.put(time.apply(item.sort()), Summary.decode(item.bytes()));
    }
    return summaries;
  }

  @Override
  public List<Row> rows(String site, LocalDate utcDay) {
    LocalDate today = today();
    List<Row> closed =
        Compaction.mayBeClosed(utcDay, today) ? new ClosedDays(items, site).rows(utcDay) : null;
    if (closed != null) {
      return closed;
    }
    return Compaction.mayBeOpen(utcDay, today)
        ? new OpenDay(items, site, utcDay).rows()
        : List.of();
  }

  @Override
  public LocalDate firstOpen() {
    return Compaction.firstOpen(today());
  }

  @Override
  public Optional<LocalDate> firstDay(String site) {
    Keys.Range closed = Keys.summaries();
    return items
        .first(site, closed.from(), closed.to())
        .map(summary -> Keys.summaryDay(summary.sort()))
        .or(() -> firstOpenDay(site));
  }

  private Optional<LocalDate> firstOpenDay(String site) {
    return firstOpen()
        .datesUntil(today().plusDays(1))
        .filter(day -> !rows(site, day).isEmpty())
        .findFirst();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public List<String> sites() {
    return new Sites(items).all();
  }
}
