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
 * Puts sums of elsewhere into closed days, under the name of their source. They are in all numbers
 * that no filter is asked for; questions with one are answered without them, and say so.
 */
public final class SumImport {
  /** A name of a source; it is part of a key. */
  public static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final Items items;
  private final String source;
  private final Instant now;
  private final LocalDate today;

  /**
   * @throws IllegalArgumentException if the source is not named as {@link #SOURCE} has it
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

  /** The latest day that can be imported into: a day must be over, and the one after it too. */
  public LocalDate lastDay() {
    return Compaction.lastClosable(today);
  }

  /**
   * The days of a site of which there are sums of this source.
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
   * Puts sums into a day, in place of those that it had of this source. Whatever fails in between
   * can be done again.
   *
   * @param day at most {@link #lastDay}
   * @param sums null if there are none any more
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void put(String site, LocalDate day, @Nullable Summary sums) {
    if (day.isAfter(lastDay())) {
      throw new IllegalArgumentException("a day is imported into once it is over");
    }
    long expires = ArrivalHour.of(now).expires();
    ClosedDays closed = new ClosedDays(items, site);
    // what arrived and was not closed yet would not be seen beside a summary
    closed.close(day, expires);
    closed.rewrite(day, expires);
    if (sums != null) {
      // listed first, so that the day is never one of a site that nobody knows of
      items.putIf(Sites.listing(site, today), "");
    }
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    days.putSums(day, source, sums);
  }

  /** Sums a month anew after days of it were changed. */
  public void sumMonth(String site, YearMonth month) {
    new Months(items, site).sumChanged(month, today);
  }
}
