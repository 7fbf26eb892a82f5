package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.UnreadableDayException;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** All rows of a site, for whoever takes them elsewhere. */
public final class RowExport {
  private final Items items;
  private final LocalDate today;

  RowExport(Items items, LocalDate today) {
    this.items = requireNonNull(items, "items");
    this.today = requireNonNull(today, "today");
  }

  /**
   * Hands over the rows of a site from one UTC day to another, both inclusive, in the order of
   * days, of which one is in memory, or a piece of a large one. Within a day, visitors are told
   * apart by numbers from 0 on. Rows of a day that is not large are in the order of time.
   *
   * @throws UnreadableDayException if something of a day is missing or cannot be read: an export
   *     without it would look whole
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void forEach(String site, LocalDate from, LocalDate to, Consumer<Row> receiver) {
    LocalDate first = from;
    while (!first.isAfter(to)) {
      LocalDate endOfMonth = YearMonth.from(first).atEndOfMonth();
      LocalDate last = endOfMonth.isBefore(to) ? endOfMonth : to;
      forEachOfMonth(site, first, last, receiver);
      first = last.plusDays(1);
    }
  }

  private void forEachOfMonth(String site, LocalDate from, LocalDate to, Consumer<Row> receiver) {
    Map<LocalDate, String> revisions = new TreeMap<>();
    Keys.Range range = Keys.summaries(from, to);
    items.scan(
        site,
        range.from(),
        range.to(),
        true,
        summary -> {
          revisions.put(Keys.summaryDay(summary.sort()), summary.revision());
          return true;
        });
    for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
      String revision = revisions.get(day);
      if (revision != null) {
        closed(site, day, revision, receiver);
      } else if (Compaction.mayBeOpen(day, today)) {
        open(site, day, receiver);
      }
    }
  }

  private void closed(String site, LocalDate day, String revision, Consumer<Row> receiver) {
    StoredParts parts = new StoredParts(items, site);
    NumberedVisitors visitors = new NumberedVisitors(receiver);
    StoredParts.segments(revision).forEach(segment -> visitors.accept(parts.rows(day, segment)));
  }

  private void open(String site, LocalDate day, Consumer<Row> receiver) {
    UnreadableItems unreadable = new UnreadableItems();
    NumberedVisitors visitors = new NumberedVisitors(receiver);
    new OpenDay(items, site, day)
        .rows(
            unreadable,
            rows -> {
              if (unreadable.days().isEmpty()) {
                visitors.accept(Rows.withNumberedVisitors(rows));
              }
            });
    if (!unreadable.days().isEmpty()) {
      throw new UnreadableDayException(day, unreadable.named().get(0).item());
    }
  }

  /** Numbers the visitors of a day on, from one set of rows to the next. */
  private static final class NumberedVisitors {
    private final Consumer<Row> receiver;
    private int visitors;

    NumberedVisitors(Consumer<Row> receiver) {
      this.receiver = receiver;
    }

    /**
     * @param rows of all that are handed over the only ones of their visitors, who have numbers
     *     from 0 on
     */
    void accept(List<Row> rows) {
      int before = visitors;
      for (Row row : rows) {
        if (row.visitor().isEmpty()) {
          receiver.accept(row);
        } else {
          int visitor = before + Integer.parseInt(row.visitor());
          visitors = Math.max(visitors, visitor + 1);
          receiver.accept(row.withVisitor(Integer.toString(visitor)));
        }
      }
    }
  }
}
