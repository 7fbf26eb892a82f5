package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.statistics.Summary;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Imports sums of another product into closed days, under the name of their source. They count in
 * all answers without filters; answers with filters leave them out and say so.
 */
public final class SumImport {
  /** What the name of a source must match; it is part of a key. */
  public static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Items items;
  private final String source;
  private final Instant now;
  private final LocalDate today;

  /**
   * @throws IllegalArgumentException if the source's name does not match {@link #SOURCE}
   */
  SumImport(Items items, String source, Instant now) {
    if (!SOURCE.matcher(source).matches()) {
      throw new IllegalArgumentException("not the name of a source");
    }
    this.items = requireNonNull(items, "items");
    this.source = source;
    this.now = requireNonNull(now, "now");
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** The latest day that can be imported into: it and the day after it must be over. */
  public LocalDate lastDay() {
    return Compaction.lastClosable(today);
  }

  /**
   * The days of a site that have sums of this source.
   *
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public SortedSet<LocalDate> days(String site) {
    SortedSet<LocalDate> days = new TreeSet<>();
    Keys.Range range = Keys.sums();
    items.scan(
        site,
        range.from(),
        range.to(),
        true,
        item -> {
          if (Keys.sumsSource(item.sort()).equals(source)) {
            days.add(Keys.sumsDay(item.sort()));
          }
          return true;
        });
    return days;
  }

  /**
   * Puts sums into a day, replacing those of this source. Can be repeated after a failure.
   *
   * @param day at most {@link #lastDay}
   * @param sums null to only remove the old ones
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void put(String site, LocalDate day, @Nullable Summary sums) {
    if (day.isAfter(lastDay())) {
      throw new IllegalArgumentException("a day is imported into once it is over");
    }
    long expires = ArrivalHour.of(now).expires();
    ClosedDays closed = new ClosedDays(items, site);
    // rows that are not closed yet would be invisible once the day has a summary
    closed.close(day, expires);
    closed.rewrite(day, expires);
    if (sums != null) {
      // listed first, so that no day belongs to an unlisted site
      items.putIf(Sites.listing(site, today), "");
    }
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    days.putSums(day, source, sums);
  }

  /** Sums a month again after some of its days changed. */
  public void sumMonth(String site, YearMonth month) {
    new Months(items, site).sumChanged(month, today);
  }
}
