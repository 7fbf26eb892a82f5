package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Deletes the rows of days beyond the retention period. Their sums and sequences are kept. All
 * sites are visited once a day; a run that has too little time leaves the rest to the next one.
 */
final class Retention {
  private static final byte[] NOTHING = {};
  private static final String SEPARATOR = "#";

  /** Sorts after every site name. */
  private static final String ALL_DONE = "~";

  private final Items items;
  private final LocalDate firstKept;

  /**
   * @param firstKept the first day whose rows are kept
   */
  Retention(Items items, LocalDate firstKept) {
    this.items = requireNonNull(items, "items");
    this.firstKept = requireNonNull(firstKept, "firstKept");
  }

  /** Notes that a site may have rows again that are too old. */
  static void lookAgain(Items items, String site) {
    items.delete(site, Keys.KEPT);
  }

  /**
   * Deletes what is too old.
   *
   * @param isTimeUp asked before each day
   * @param failures receives failures by site and day; those days are tried again the next day
   * @return the number of days whose rows were deleted
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
    DayRewriter rewriter = new DayRewriter(items, site, LakeDays.unused(items));
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
            // a failure must not hold up other days
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
