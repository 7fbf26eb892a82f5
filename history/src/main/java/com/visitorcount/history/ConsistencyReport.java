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
 * @param rowsByDay rows by UTC day, of days that have some
 * @param lost views of which there is no row
 * @param pending of the lost ones, those after the newest row that may still arrive
 * @param beyondRows of the lost ones, those with numbers above 2^63 - 1, which rows cannot have
 * @param beforeHistory what the counter stood at before its first view by this code
 * @param beforeHistoryKnown false if an older version or another counter made the page's item: what
 *     was before history is then all before the first row, be it lost or not
 * @param surplus rows that the counter does not know of: it was set back, and has counted on since
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
  /** How old a view may be when the stream delivers it; the template must say the same. */
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

  /** A counter that was set back below its base has rows from there on. */
  private static BigInteger before(CounterState state, SequenceSet known) {
    BigInteger base = Objects.requireNonNullElse(state.base(), state.count()).min(state.count());
    return known.isEmpty() ? base : base.min(BigInteger.valueOf(known.first() - 1));
  }

  /** A page's views arrive in their order, so all after the newest row are as old or younger. */
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

  /** Whether rows, lost views and what was before history are the counter. */
  public boolean addsUp() {
    return BigInteger.valueOf(rows()).add(lost).add(beforeHistory).equals(counter);
  }
}
