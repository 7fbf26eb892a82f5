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
 * Puts rows of elsewhere into closed days, under the name of their source. They have a birth that
 * stands for the source and that no counter can have: so they are no rows of ours, in {@code
 * verify} belong to no counter, and make room for those of a later import from the same source.
 */
public final class RowImport {
  /** Most rows of a day, ours included. */
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

  /** Below the birth of any counter, which is 0 or a time of this century. */
  static long born(String source) {
    CRC32 crc = new CRC32();
    crc.update(source.getBytes(UTF_8));
    return -1 - crc.getValue();
  }

  /** A day of more rows than {@link #MAX_ROWS_OF_DAY}; nothing of it was changed. */
  public static final class DayTooLargeException extends RuntimeException {
    DayTooLargeException(String site, LocalDate day) {
      super(
          "%s has more than %d rows on %s: this many cannot be imported"
              .formatted(site, MAX_ROWS_OF_DAY, day));
    }
  }

  /** The latest day that can be imported into: a day must be over, and the one after it too. */
  public LocalDate lastDay() {
    return Compaction.lastClosable(today);
  }

  /**
   * The days of a site on which there are rows of this source.
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
   * Puts rows into a day. Whatever fails in between can be done again.
   *
   * @param rows of one site and one day up to {@link #lastDay}; their births do not matter
   * @param replace whether rows of this source that the day has go, or stay beside these
   * @throws DayTooLargeException if that were too many
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void put(String site, LocalDate day, List<Row> rows, boolean replace) {
    if (day.isAfter(lastDay())) {
      throw new IllegalArgumentException("a day is imported into once it is over");
    }
    long expires = ArrivalHour.of(now).expires();
    // what arrived and was not closed yet would not be seen beside a summary
    new ClosedDays(items, site).close(day, expires);
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    Item summary = days.summary(day);
    if (summary != null && StoredParts.isLarge(summary.revision())) {
      throw new DayTooLargeException(site, day);
    }
    if (!rows.isEmpty()) {
      // listed first, so that the day is never one of a site that nobody knows of
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

  /** Sums a month anew after days of it were changed. */
  public void sumMonth(String site, YearMonth month) {
    new Months(items, site).sumChanged(month, today);
  }
}
