package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.UnreadableDayException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * The closed days of a site that an older version wrote as rows. Each run rewrites some in columns,
 * latest first; the others are read as they are.
 */
final class OldDays {
  /** A limit, so that one run does not use up the table's write capacity. */
  private static final int DAYS_OF_A_RUN = 8;

  private static final byte[] NOTHING = {};

  private final Items items;
  private final String site;

  OldDays(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /**
   * Rewrites some days; the next call continues where this one stopped.
   *
   * @param now the month that is not over
   * @param expires when DynamoDB may delete what is replaced, in seconds since the epoch
   * @return how many days were written
   */
  int rewrite(YearMonth now, long expires) {
    Keys.Range all = Keys.summaries();
    Item oldest = items.first(site, all.from(), all.to()).orElse(null);
    // rewritten last, so it tells whether any are left
    if (oldest == null || StoredParts.isOfColumns(oldest.revision())) {
      return 0;
    }
    YearMonth last = YearMonth.from(Keys.summaryDay(oldest.sort()));
    List<Item> mark = items.query(site, Keys.REWRITTEN, Keys.REWRITTEN, true);
    YearMonth next = mark.isEmpty() ? now : YearMonth.parse(mark.get(0).revision());
    ClosedDays closed = new ClosedDays(items, site);
    int written = 0;
    for (YearMonth month = next; !month.isBefore(last); month = month.minusMonths(1)) {
      for (LocalDate day : closed.storedAsRows(month)) {
        if (written == DAYS_OF_A_RUN) {
          mark(month, next);
          return written;
        }
        written += rewrite(closed, day, expires) ? 1 : 0;
      }
    }
    mark(last, next);
    return written;
  }

  private static boolean rewrite(ClosedDays closed, LocalDate day, long expires) {
    try {
      return closed.rewrite(day, expires);
    } catch (UnreadableDayException | IllegalArgumentException e) {
      // the day stays as it is, and answers report it; it must not hold up the others
      return false;
    }
  }

  private void mark(YearMonth month, YearMonth before) {
    if (!month.equals(before)) {
      items.put(new Item(site, Keys.REWRITTEN, month.toString(), NOTHING, 0));
    }
  }
}
