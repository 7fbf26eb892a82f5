package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.statistics.Summary;
import java.time.YearMonth;
import java.util.List;

/** The summaries of a site's months: sums of the summaries of their days. */
final class Months {
  private final Items items;
  private final String site;

  Months(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /** Whether there is a sum of a month. */
  boolean isSummed(YearMonth month) {
    return !items.query(site, Keys.month(month), Keys.month(month), true).isEmpty();
  }

  /** The same after days were deleted: a month without any has no sum. */
  void sumOrDelete(YearMonth month) {
    Keys.Range days = Keys.summaries(month.atDay(1), month.atEndOfMonth());
    if (items.query(site, days.from(), days.to(), true).isEmpty()) {
      items.delete(site, Keys.month(month));
    } else {
      sum(month);
    }
  }

  /**
   * Sums a month of which every day is closed, unless it is the sum of just these days already.
   *
   * @return whether something was written
   */
  boolean sum(YearMonth month) {
    Keys.Range days = Keys.summaries(month.atDay(1), month.atEndOfMonth());
    List<Item> summaries = items.query(site, days.from(), days.to(), true);
    if (summaries.isEmpty()) {
      return false;
    }
    String revision =
        Digest.of(
            summaries.stream().map(day -> (day.sort() + day.revision()).getBytes(UTF_8)).toList());
    String key = Keys.month(month);
    List<Item> known = items.query(site, key, key, true);
    if (!known.isEmpty() && known.get(0).revision().equals(revision)) {
      return false;
    }
    Summary sum = Summary.sum(summaries.stream().map(day -> Summary.decode(day.bytes())).toList());
    items.put(new Item(site, key, revision, sum.encode(), 0));
    return true;
  }
}
