package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The hourly job: it closes days and sums months that are over, and unites the chunks of busy
 * hours. It works through a list ({@link WorkList}), one site's day at a time, and a failure with
 * one does not affect the others. Each step depends only on what is stored: it may run twice, late,
 * several times at once, or be interrupted anywhere, and the next run does what is left.
 */
public final class Compaction {
  /**
   * A day is closed when the day after it is over too: the stream keeps a record for 24 hours, so
   * the day's views have arrived by then, whatever trouble the functions had.
   */
  private static final int CLOSED_AFTER_DAYS = 2;

  /** Older days have no chunks any more. */
  private static final int LOOK_BACK_DAYS = 9;

  private final Items items;
  private final int maxRows;
  private final int retentionDays;
  private final LakeDays lake;

  Compaction(Items items) {
    this(items, ClosedDays.MAX_ROWS, 0);
  }

  /**
   * @param maxRows about how many rows may be in memory; a day with more is closed in pieces
   */
  Compaction(Items items, int maxRows) {
    this(items, maxRows, 0);
  }

  /**
   * @param maxRows as above
   * @param retentionDays how many days rows of closed days are kept; 0: forever
   */
  Compaction(Items items, int maxRows, int retentionDays) {
    this(items, maxRows, retentionDays, LakeDays.unused(items));
  }

  /**
   * @param maxRows as above
   * @param retentionDays as above
   * @param lake is told of days that are closed
   */
  Compaction(Items items, int maxRows, int retentionDays, LakeDays lake) {
    this.items = requireNonNull(items, "items");
    this.maxRows = maxRows;
    this.retentionDays = retentionDays;
    this.lake = requireNonNull(lake, "lake");
  }

  /**
   * What a run did.
   *
   * @param due days that were due to be closed
   * @param hours hours written
   * @param days days closed, closed again, or rewritten
   * @param months months written
   * @param expired days whose rows were deleted because they are too old
   * @param missed due days that there was no time for; they come first in the next run
   * @param unfinished large days of which a piece was done; the next run continues them
   * @param somethingSetAside whether hours or chunks could not be read, now or earlier, and nobody
   *     has dealt with them yet
   * @param failures by site and day; what was done before the failure stays done
   */
  public record Result(
      int due,
      int hours,
      int days,
      int months,
      int expired,
      int missed,
      int unfinished,
      boolean somethingSetAside,
      Map<String, RuntimeException> failures) {
    public Result {
      failures = Map.copyOf(failures);
    }
  }

  /** Whether a day may still have chunks that are not closed. */
  static boolean mayBeOpen(LocalDate day, LocalDate today) {
    return !day.isBefore(firstOpen(today));
  }

  /** Whether a day is old enough to be closed. */
  static boolean mayBeClosed(LocalDate day, LocalDate today) {
    return !day.isAfter(lastClosable(today));
  }

  /** The latest day that is old enough to be closed. */
  static LocalDate lastClosable(LocalDate today) {
    return today.minusDays(CLOSED_AFTER_DAYS);
  }

  /** When a day is old enough to be closed. */
  static Instant closingTime(LocalDate day) {
    return day.plusDays(CLOSED_AFTER_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** The earliest day that may not be closed yet. */
  static LocalDate firstOpen(LocalDate today) {
    return today.minusDays(LOOK_BACK_DAYS);
  }

  /**
   * Does all work that is due.
   *
   * @param isTimeUp asked before each day
   */
  public Result run(Instant now, BooleanSupplier isTimeUp) {
    return new Run(now, isTimeUp).run();
  }

  /** One run and what it has done so far. */
  private final class Run {
    private final Instant now;
    private final ArrivalHour hour;
    private final BooleanSupplier isTimeUp;
    private final WorkList workList = new WorkList(items);
    private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
    private final Set<String> closedSites = new LinkedHashSet<>();
    private int hours;
    private int days;
    private int months;
    private int unfinished;
    private boolean somethingSetAside;

    Run(Instant now, BooleanSupplier isTimeUp) {
      this.now = now;
      this.hour = ArrivalHour.of(now);
      this.isTimeUp = isTimeUp;
    }

    Result run() {
      lake.announce();
      WorkList.Contents listed = workList.read(hour);
      somethingSetAside = listed.somethingSetAside();
      List<WorkList.Entry> due = WorkList.due(listed.days(), hour);
      int done = 0;
      for (WorkList.Entry entry : due) {
        if (isTimeUp.getAsBoolean()) {
          break;
        }
        attempt(entry, () -> close(entry));
        done++;
      }
      for (WorkList.Entry entry : WorkList.busy(listed.days(), hour)) {
        if (isTimeUp.getAsBoolean()) {
          break;
        }
        attempt(entry, () -> hours += new OpenDay(items, entry.site(), entry.day()).compact(hour));
      }
      rewriteOldDays();
      return new Result(
          due.size(),
          hours,
          days,
          months,
          expire(),
          due.size() - done,
          unfinished,
          somethingSetAside,
          failures);
    }

    private int expire() {
      return retentionDays == 0 || isTimeUp.getAsBoolean()
          ? 0
          : new Retention(items, hour.start().toLocalDate().minusDays(retentionDays))
              .run(now, isTimeUp, failures);
    }

    /** For sites of which a day was just closed, which is once a day. */
    private void rewriteOldDays() {
      YearMonth month = YearMonth.from(hour.start());
      for (String site : closedSites) {
        if (isTimeUp.getAsBoolean()) {
          break;
        }
        try {
          days += new OldDays(items, site).rewrite(month, hour.expires());
        } catch (RuntimeException e) {
          failures.put(site + " before " + month, e);
        }
      }
    }

    /** A failure with one day must not hold up the others. */
    private void attempt(WorkList.Entry entry, Runnable work) {
      try {
        try {
          work.run();
        } catch (IllegalArgumentException e) {
          if (openDay(entry).setAsideUnreadable() == 0) {
            throw e;
          }
          somethingSetAside = true;
          workList.noteSetAside();
          work.run();
        }
      } catch (RuntimeException e) {
        failures.put(entry.site() + " on " + entry.day(), e);
      }
    }

    private OpenDay openDay(WorkList.Entry entry) {
      return new OpenDay(items, entry.site(), entry.day());
    }

    private void close(WorkList.Entry entry) {
      workList.begin(entry, now);
      if (!entry.isClosed() || hasChunksSince(entry)) {
        ClosedDays closedDays = new ClosedDays(items, entry.site(), maxRows, lake);
        switch (closedDays.close(entry.day(), hour.expires(), isTimeUp)) {
          case WRITTEN -> {
            days++;
            closedSites.add(entry.site());
          }
          case UNFINISHED -> {
            unfinished++;
            return;
          }
          case UNCHANGED, OVERTAKEN -> {}
        }
        sumMonths(entry);
      }
      workList.finish(entry, now);
    }

    /** Whether chunks may have arrived since the day was closed. */
    private boolean hasChunksSince(WorkList.Entry entry) {
      ArrivalHour closed = ArrivalHour.of(requireNonNull(entry.attempted()));
      return openDay(entry).hasChunksSince(closed.plusHours(-WorkList.MAX_HOURS_HELD_UP));
    }

    /**
     * Also sums the month before if it has no sum: it may have ended with days without views, for
     * which nothing was due.
     */
    private void sumMonths(WorkList.Entry entry) {
      Months ofSite = new Months(items, entry.site());
      YearMonth month = YearMonth.from(entry.day());
      if (mayBeClosed(month.atEndOfMonth(), hour.start().toLocalDate()) && ofSite.sum(month)) {
        months++;
      }
      YearMonth before = month.minusMonths(1);
      if (mayBeClosed(before.atEndOfMonth(), hour.start().toLocalDate())
          && !ofSite.isSummed(before)
          && ofSite.sum(before)) {
        months++;
      }
    }
  }
}
