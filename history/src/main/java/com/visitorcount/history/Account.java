package com.visitorcount.history;

import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether the history of a page adds up to its counter.
 *
 * @param counter the counter, read after the rows
 * @param rowsByDay rows by UTC day, of days that have some
 * @param lost views of which there is no row, by the gaps in the sequence
 * @param pending of the lost ones, those after the newest row: they may be on their way
 * @param beforeHistory what the counter stood at before the first row
 * @param surplus rows that the counter does not know of: it was set back, and has counted on since
 */
public record Account(
    PageId page,
    BigInteger counter,
    SortedMap<LocalDate, Long> rowsByDay,
    BigInteger lost,
    BigInteger pending,
    BigInteger beforeHistory,
    BigInteger surplus) {
  public Account {
    rowsByDay = Collections.unmodifiableSortedMap(new TreeMap<>(rowsByDay));
  }

  static Account of(
      PageId page, BigInteger counter, SortedMap<LocalDate, Long> rowsByDay, SequenceSet all) {
    BigInteger rows = BigInteger.valueOf(rows(rowsByDay));
    SequenceSet known = all.upTo(counter.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
    if (known.isEmpty()) {
      return new Account(page, counter, rowsByDay, BigInteger.ZERO, BigInteger.ZERO, counter, rows);
    }
    BigInteger before = BigInteger.valueOf(known.first() - 1);
    BigInteger found = BigInteger.valueOf(known.size());
    return new Account(
        page,
        counter,
        rowsByDay,
        counter.subtract(before).subtract(found),
        counter.subtract(BigInteger.valueOf(known.last())),
        before,
        rows.subtract(found));
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
