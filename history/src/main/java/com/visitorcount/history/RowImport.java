package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * Imports rows of another product into closed days, under the name of their source. Their birth
 * stands for the source, and no counter can have it: this tells them from our own rows, keeps them
 * out of {@code verify}, and lets a later import from the same source replace them.
 */
public final class RowImport {
  /** Most rows of a day, our own included. */
  public static final int MAX_ROWS_OF_DAY = ClosedDays.MAX_ROWS;

  private final Items items;
  private final Instant now;
  private final LocalDate today;
  private final long born;

  /**
   * @param source any name
   */
  RowImport(Items items, String source, Instant now) {
    this.items = requireNonNull(items, "items");
    this.now = requireNonNull(now, "now");
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    this.born = born(source);
  }

  /** Below the birth of any counter, which is 0 or a time in this century. */
  static long born(String source) {
    CRC32 crc = new CRC32();
    crc.update(source.getBytes(UTF_8));
    return -1 - crc.getValue();
  }

  /** A day would have more rows than {@link #MAX_ROWS_OF_DAY}; it was not changed. */
  public static final class DayTooLargeException extends RuntimeException {
    DayTooLargeException(String site, LocalDate day) {
      super(
          "%s has more than %d rows on %s: this many cannot be imported"
              .formatted(site, MAX_ROWS_OF_DAY, day));
    }
  }

  /** The latest day that can be imported into: it and the day after it must be over. */
  public LocalDate lastDay() {
    return Compaction.lastClosable(today);
  }

  /**
   * The days of a site that have rows of this source.
   *
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public SortedSet<LocalDate> days(String site) {
    SortedSet<LocalDate> days = new TreeSet<>();
    Keys.Range range = Keys.sequences();
    items.scan(
        site,
        range.from(),
        range.to(),
        true,
        item -> {
          if (SequenceLedger.decode(List.of(item.bytes())).hasBirth(born)) {
            days.add(Keys.sequencesDay(item.sort()));
          }
          return true;
        });
    return days;
  }

  /**
   * Puts rows into a day. Can be repeated after a failure.
   *
   * @param rows of one site and one day up to {@link #lastDay}; their births do not matter
   * @param replace whether these rows replace the day's rows of this source; otherwise they are
   *     added
   * @throws DayTooLargeException if the day would have too many rows
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void put(String site, LocalDate day, List<Row> rows, boolean replace) {
    if (day.isAfter(lastDay())) {
      throw new IllegalArgumentException("a day is imported into once it is over");
    }
    long expires = ArrivalHour.of(now).expires();
    // rows that are not closed yet would be invisible once the day has a summary
    new ClosedDays(items, site).close(day, expires);
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    Item summary = days.summary(day);
    if (summary != null && StoredParts.isLarge(summary.revision())) {
      throw new DayTooLargeException(site, day);
    }
    if (!rows.isEmpty()) {
      // listed first, so that no day belongs to an unlisted site
      items.putIf(Sites.listing(site, today), "");
      Retention.lookAgain(items, site);
    }
    List<Row> imported = rows.stream().map(row -> row.withBorn(born, "import ")).toList();
    days.change(
        day,
        before -> {
          List<Row> kept =
              replace ? before.stream().filter(row -> row.bornMillis() != born).toList() : before;
          List<Row> all = Rows.union(List.of(kept, imported));
          if (all.size() > MAX_ROWS_OF_DAY) {
            throw new DayTooLargeException(site, day);
          }
          return Rows.withNumberedVisitors(all);
        });
  }

  /** Sums a month again after some of its days changed. */
  public void sumMonth(String site, YearMonth month) {
    new Months(items, site).sumChanged(month, today);
  }
}
