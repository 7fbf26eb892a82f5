package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.UnreadableDayException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

/**
 * The closed days of a site that an older counter wrote as rows. They are written anew in columns,
 * some in each run and the latest first; the others are read as they are.
 */
final class OldDays {
  /** So that one run does not take all that the table may write. */
  private static final int DAYS_OF_A_RUN = 8;

  private static final byte[] NOTHING = {};

  private final Items items;
  private final String site;

  OldDays(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /**
   * Rewrites some days, and goes on the next time where it stopped.
   *
   * @param now the month that is not over
   * @param expires when DynamoDB may delete what is replaced, in seconds since the epoch
   * @return how many days were written
   */
  int rewrite(YearMonth now, long expires) {
    Keys.Range all = Keys.summaries();
    Item oldest = items.first(site, all.from(), all.to()).orElse(null);
    // its turn comes last, so it tells whether anything is left
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
      // it stays as it is, which questions about it say, and keeps no other back
      return false;
    }
  }

  private void mark(YearMonth month, YearMonth before) {
    if (!month.equals(before)) {
      items.put(new Item(site, Keys.REWRITTEN, month.toString(), NOTHING, 0));
    }
  }
}
