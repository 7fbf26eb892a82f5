package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Deletes the rows of days that are older than rows are to be kept. What they amount to stays, and
 * which sequences they had. Once a day, all sites take their turn; a run without enough time leaves
 * the rest to the next one.
 */
final class Retention {
  private static final byte[] NOTHING = {};
  private static final String SEPARATOR = "#";

  /** After every name of a site. */
  private static final String ALL_DONE = "~";

  private final Items items;
  private final LocalDate firstKept;

  /**
   * @param firstKept the first day of which rows are kept
   */
  Retention(Items items, LocalDate firstKept) {
    this.items = requireNonNull(items, "items");
    this.firstKept = requireNonNull(firstKept, "firstKept");
  }

  /** Says that a site may have rows again that are too old. */
  static void lookAgain(Items items, String site) {
    items.delete(site, Keys.KEPT);
  }

  /**
   * Deletes what is too old.
   *
   * @param isTimeUp asked before each day
   * @param failures takes what went wrong, by site and day, which take their turn again the next
   *     day
   * @return of how many days rows were deleted
   */
  int run(Instant now, BooleanSupplier isTimeUp, Map<String, RuntimeException> failures) {
    String today = firstKept.toString();
    String done = "";
    for (Item mark : items.query(Keys.WORK, Keys.EXPIRING, Keys.EXPIRING, true)) {
      if (mark.revision().startsWith(today + SEPARATOR)) {
        done = mark.revision().substring(today.length() + SEPARATOR.length());
      }
    }
    if (done.equals(ALL_DONE)) {
      return 0;
    }
    int days = 0;
    for (String site : new Sites(items).all().tailMap(done).keySet()) {
      if (isTimeUp.getAsBoolean()) {
        mark(today, site);
        return days;
      }
      try {
        days += expire(site, now, isTimeUp, failures);
      } catch (RuntimeException e) {
        failures.put(site + " before " + firstKept, e);
      }
      if (isTimeUp.getAsBoolean()) {
        mark(today, site);
        return days;
      }
    }
    mark(today, ALL_DONE);
    return days;
  }

  private void mark(String today, String site) {
    items.put(new Item(Keys.WORK, Keys.EXPIRING, today + SEPARATOR + site, NOTHING, 0));
  }

  private int expire(
      String site, Instant now, BooleanSupplier isTimeUp, Map<String, RuntimeException> failures) {
    List<Item> mark = items.query(site, Keys.KEPT, Keys.KEPT, true);
    LocalDate from = mark.isEmpty() ? LocalDate.MIN : LocalDate.parse(mark.get(0).revision());
    if (!from.isBefore(firstKept)) {
      return 0;
    }
    int[] days = {0};
    boolean[] failed = {false};
    LocalDate[] next = {firstKept};
    DayRewriter rewriter = new DayRewriter(items, site);
    rewriter.deleteForgotten();
    String first = mark.isEmpty() ? Keys.summaries().from() : Keys.summary(from);
    items.scan(
        site,
        first,
        Keys.summary(firstKept.minusDays(1)),
        true,
        summary -> {
          LocalDate day = Keys.summaryDay(summary.sort());
          if (isTimeUp.getAsBoolean()) {
            next[0] = day;
            return false;
          }
          try {
            new ClosedDays(items, site).rewrite(day, ArrivalHour.of(now).expires());
            days[0] += rewriter.expire(day) ? 1 : 0;
          } catch (RuntimeException e) {
            // it keeps no other back
            failures.put(site + " on " + day, e);
            failed[0] = true;
          }
          return true;
        });
    if (!failed[0]) {
      items.put(new Item(site, Keys.KEPT, next[0].toString(), NOTHING, 0));
    }
    return days[0];
  }
}
