package com.visitorcount.history;

import com.visitorcount.counter.CounterState;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the history of a page adds up to its counter.
 *
 * @param counter the counter, read after the rows
 * @param rowsByDay rows by UTC day, without days that have none
 * @param lost views without a row
 * @param pending lost views after the newest row that may still arrive
 * @param beyondRows lost views with numbers above 2^63 - 1, which rows cannot have
 * @param beforeHistory the count before the first view that this code counted
 * @param beforeHistoryKnown false if an older version or another product made the page's item: then
 *     all views before the first row count as before history, lost or not
 * @param surplus rows that the counter does not include: it was set back and has counted on since
 */
public record ConsistencyReport(
    PageId page,
    BigInteger counter,
    SortedMap<LocalDate, Long> rowsByDay,
    BigInteger lost,
    BigInteger pending,
    BigInteger beyondRows,
    BigInteger beforeHistory,
    boolean beforeHistoryKnown,
    BigInteger surplus) {
  /** How old a view may be when the stream delivers it; must equal the template's value. */
  public static final Duration MAX_DELAY = Duration.ofHours(12);

  private static final BigInteger MAX_SEQUENCE = BigInteger.valueOf(Long.MAX_VALUE);

  public ConsistencyReport {
    rowsByDay = Collections.unmodifiableSortedMap(new TreeMap<>(rowsByDay));
  }

  static ConsistencyReport of(
      PageId page,
      CounterState state,
      SortedMap<LocalDate, Long> rowsByDay,
      SequenceSet all,
      Instant now) {
    BigInteger counter = state.count();
    BigInteger numbered = counter.min(MAX_SEQUENCE);
    SequenceSet known = all.upTo(numbered.longValueExact());
    BigInteger found = BigInteger.valueOf(known.size());
    BigInteger before = before(state, known);
    BigInteger newest = known.isEmpty() ? before : BigInteger.valueOf(known.last());
    return new ConsistencyReport(
        page,
        counter,
        rowsByDay,
        counter.subtract(before).subtract(found),
        mayArrive(state, now) ? numbered.subtract(newest).max(BigInteger.ZERO) : BigInteger.ZERO,
        counter.subtract(before.max(MAX_SEQUENCE)).max(BigInteger.ZERO),
        before,
        state.base() != null,
        BigInteger.valueOf(rows(rowsByDay)).subtract(found));
  }

  /** The rows of a counter that was set back below its base begin where it was set back to. */
  private static BigInteger before(CounterState state, SequenceSet known) {
    BigInteger base = Objects.requireNonNullElse(state.base(), state.count()).min(state.count());
    return known.isEmpty() ? base : base.min(BigInteger.valueOf(known.first() - 1));
  }

  /** A page's views arrive in order, so all after the newest row are at least as recent. */
  private static boolean mayArrive(CounterState state, Instant now) {
    Instant latest = Instant.ofEpochMilli(state.latestMillis());
    return state.latestMillis() == 0 || now.isBefore(latest.plus(MAX_DELAY));
  }

  private static long rows(SortedMap<LocalDate, Long> byDay) {
    return byDay.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All rows of the page since its birth. */
  public long rows() {
    return rows(rowsByDay);
  }

  /** Whether rows, lost views and views before history add up to the counter. */
  public boolean addsUp() {
    return BigInteger.valueOf(rows()).add(lost).add(beforeHistory).equals(counter);
  }
}
