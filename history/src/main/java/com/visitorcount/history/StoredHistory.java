package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.ClosedDay;
import com.visitorcount.history.statistics.History;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** History as stored in the table: closed days and days that are still open. */
final class StoredHistory implements History {
  private final Items items;
  private final Clock clock;
  private final UnreadableItems unreadable;

  StoredHistory(Items items, Clock clock) {
    this(items, clock, new UnreadableItems());
  }

  /**
   * @param unreadable receives what cannot be read
   */
  StoredHistory(Items items, Clock clock, UnreadableItems unreadable) {
    this.items = requireNonNull(items, "items");
    this.clock = requireNonNull(clock, "clock");
    this.unreadable = requireNonNull(unreadable, "unreadable");
  }

  @Override
  public UnreadableItems unreadable() {
    return unreadable;
  }

  @Override
  public SortedMap<LocalDate, ClosedDay> days(String site, LocalDate from, LocalDate to) {
    Keys.Range range = Keys.summaries(from, to);
    SortedMap<LocalDate, ClosedDay> days = new TreeMap<>();
    for (Item item : items.query(site, range.from(), range.to(), false)) {
      LocalDate day = Keys.summaryDay(item.sort());
      days.put(
          day, new ClosedDay(item.revision(), summary(item), StoredParts.rows(item.revision())));
    }
    return days;
  }

  @Override
  public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
    Keys.Range range = Keys.months(from, to);
    SortedMap<YearMonth, Summary> months = new TreeMap<>();
    for (Item item : items.query(site, range.from(), range.to(), false)) {
      Summary summary = summary(item);
      if (summary != null) {
        months.put(Keys.monthOf(item.sort()), summary);
      }
    }
    return months;
  }

  private @Nullable Summary summary(Item item) {
    try {
      return Summary.decode(item.bytes());
    } catch (IllegalArgumentException e) {
      unreadable.addReplaced(item.name(), e);
      return null;
    }
  }

  @Override
  public void parts(
      String site,
      SortedMap<LocalDate, ClosedDay> days,
      Set<Group> groups,
      Consumer<Part> receiver) {
    new StoredParts(items, site).read(days, groups, receiver, unreadable);
  }

  @Override
  public void openRows(String site, LocalDate utcDay, Consumer<List<Row>> receiver) {
    if (Compaction.mayBeOpen(utcDay, today())) {
      new OpenDay(items, site, utcDay).rows(unreadable, receiver);
    }
  }

  @Override
  public List<Row> openRows(String site, LocalDate utcDay, Instant since) {
    return new OpenDay(items, site, utcDay).rowsSince(ArrivalHour.of(since), unreadable);
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
        .filter(day -> new OpenDay(items, site, day).hasRows())
        .findFirst();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  @Override
  public SortedMap<String, LocalDate> lastArrivals() {
    return new Sites(items).all();
  }
}
