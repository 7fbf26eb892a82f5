package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.statistics.UnreadableDayException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Exports the rows of a site. */
public final class RowExport {
  private final Items items;
  private final LocalDate today;

  RowExport(Items items, LocalDate today) {
    this.items = requireNonNull(items, "items");
    this.today = requireNonNull(today, "today");
  }

  /**
   * Hands over the rows of a site from one UTC day to another, both inclusive, day by day.
   *
   * @throws UnreadableDayException as {@link ExportedDay#nextPiece}
   * @throws StoreUnavailableException as {@link ExportedDay#nextPiece}
   */
  public void forEach(String site, LocalDate from, LocalDate to, Consumer<ExportedRow> receiver) {
    days(site, from, to, day -> day.forEach(receiver));
  }

  /**
   * A day of a site whose rows are all closed, if it has any.
   *
   * @return empty if the day is not closed, and may be
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public Optional<ExportedDay> closedDay(String site, LocalDate day) {
    String key = Keys.summary(day);
    List<Item> found = items.query(site, key, key, true);
    Item summary = found.isEmpty() ? null : found.get(0);
    return summary == null && Compaction.mayBeOpen(day, today)
        ? Optional.empty()
        : Optional.of(new ExportedDay(items, site, day, summary));
  }

  /**
   * Hands over the days of a site, both inclusive, that are closed or may have rows.
   *
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void days(String site, LocalDate from, LocalDate to, Consumer<ExportedDay> receiver) {
    LocalDate first = from;
    while (!first.isAfter(to)) {
      LocalDate endOfMonth = YearMonth.from(first).atEndOfMonth();
      LocalDate last = endOfMonth.isBefore(to) ? endOfMonth : to;
      daysOfMonth(site, first, last, receiver);
      first = last.plusDays(1);
    }
  }

  private void daysOfMonth(
      String site, LocalDate from, LocalDate to, Consumer<ExportedDay> receiver) {
    Map<LocalDate, Item> summaries = new TreeMap<>();
    Keys.Range range = Keys.summaries(from, to);
    items.scan(
        site,
        range.from(),
        range.to(),
        true,
        summary -> {
          summaries.put(Keys.summaryDay(summary.sort()), summary);
          return true;
        });
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      Item summary = summaries.get(day);
      if (summary != null || Compaction.mayBeOpen(day, today)) {
        receiver.accept(new ExportedDay(items, site, day, summary));
      }
    }
  }
}
