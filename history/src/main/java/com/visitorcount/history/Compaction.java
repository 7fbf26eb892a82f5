package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * What is done each hour: chunks become hours, days that are over are closed, months that are over
 * are summed. Each step is a function of what is stored and of nothing else: it may be done twice,
 * late, by several at once, or be broken off anywhere, and what was not done is done the next time.
 */
public final class Compaction {
  /**
   * A day is closed when the day after it is over too: a record lives in the stream for 24 hours,
   * so whatever the functions went through, the day's views have arrived by then.
   */
  private static final int CLOSED_AFTER_DAYS = 2;

  /** Beyond it nothing that arrived is kept. */
  private static final int LOOK_BACK_DAYS = 9;

  private final Items items;

  Compaction(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * What was done.
   *
   * @param sites sites that were looked at
   * @param hours hours written
   * @param days days closed, or closed again
   * @param months months written
   * @param missed sites that there was no time for; their turn comes first some other hour
   * @param failures by site; what was done before stays done
   */
  public record Result(
      int sites,
      int hours,
      int days,
      int months,
      int missed,
      Map<String, RuntimeException> failures) {
    public Result {
      failures = Map.copyOf(failures);
    }
  }

  /** Whether what arrived of a day may still be there and not be closed. */
  static boolean mayBeOpen(LocalDate day, LocalDate today) {
    return !day.isBefore(firstOpen(today));
  }

  /** Whether a day is old enough to be closed. */
  static boolean mayBeClosed(LocalDate day, LocalDate today) {
    return !day.isAfter(today.minusDays(CLOSED_AFTER_DAYS));
  }

  /** The earliest day that may not be closed yet. */
  static LocalDate firstOpen(LocalDate today) {
    return today.minusDays(LOOK_BACK_DAYS);
  }

  /**
   * Does all there is to do.
   *
   * @param isTimeUp asked before each site
   */
  public Result run(Instant now, BooleanSupplier isTimeUp) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    ArrivalHour hour = ArrivalHour.of(now);
    List<String> sites = new ArrayList<>(new Sites(items).since(firstOpen(today)));
    // so that the same sites are not always the last
    Collections.rotate(sites, -7 * hour.start().getHour());
    Run run = new Run(today, hour);
    int done = 0;
    for (String site : sites) {
      if (isTimeUp.getAsBoolean()) {
        break;
      }
      run.site(site);
      done++;
    }
    return new Result(done, run.hours, run.days, run.months, sites.size() - done, run.failures);
  }

  /** One run, and what it has done so far. */
  private final class Run {
    private final LocalDate today;
    private final ArrivalHour now;
    private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
    private int hours;
    private int days;
    private int months;

    Run(LocalDate today, ArrivalHour now) {
      this.today = today;
      this.now = now;
    }

    void site(String site) {
      try {
        // views of the last minutes before midnight, and of a clock that is ahead
        for (LocalDate day = today.minusDays(1);
            !day.isAfter(today.plusDays(1));
            day = day.plusDays(1)) {
          hours += new OpenDay(items, site, day).compact(now);
        }
        closeDays(site);
      } catch (RuntimeException e) {
        // whatever is wrong with one site must not hold up the others
        failures.put(site, e);
      }
    }

    private void closeDays(String site) {
      ClosedDays closed = new ClosedDays(items, site);
      LocalDate first = firstOpen(today);
      LocalDate last = today.minusDays(CLOSED_AFTER_DAYS);
      Set<LocalDate> alreadyClosed = closed.among(first, last);
      TreeSet<YearMonth> touched = new TreeSet<>();
      for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
        touched.add(YearMonth.from(day));
        if ((!alreadyClosed.contains(day) || mayHaveMore(site, day))
            && closed.close(day, now.expires())) {
          days++;
        }
      }
      for (YearMonth month : touched) {
        if (!month.atEndOfMonth().isAfter(last) && new Months(items, site).sum(month)) {
          months++;
        }
      }
    }

    /**
     * Whether rows came after the day was closed, as far as it can be told by when they arrived. By
     * whatever clock that was told, once a day all of it is looked at.
     */
    private boolean mayHaveMore(String site, LocalDate day) {
      return now.start().getHour() == 0
          || new OpenDay(items, site, day)
              .hasChunksSince(new ArrivalHour(day.plusDays(1).atTime(21, 0)));
    }
  }
}
