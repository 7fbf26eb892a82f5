package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.Summary;
import java.time.LocalDate;
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

  /** Whether a month has a sum. */
  boolean isSummed(YearMonth month) {
    return !items.query(site, Keys.month(month), Keys.month(month), true).isEmpty();
  }

  /** Sums a closed month again after some of its days changed; a month without days has no sum. */
  void sumChanged(YearMonth month, LocalDate today) {
    if (!Compaction.mayBeClosed(month.atEndOfMonth(), today)) {
      return;
    }
    List<Item> summaries = summaries(month);
    if (summaries.isEmpty()) {
      items.delete(site, Keys.month(month));
    } else {
      sum(month, summaries);
    }
  }

  /**
   * Sums a month whose days are all closed, unless its sum is up to date.
   *
   * @return whether something was written
   */
  boolean sum(YearMonth month) {
    List<Item> summaries = summaries(month);
    return !summaries.isEmpty() && sum(month, summaries);
  }

  private List<Item> summaries(YearMonth month) {
    Keys.Range days = Keys.summaries(month.atDay(1), month.atEndOfMonth());
    return items.query(site, days.from(), days.to(), true);
  }

  private boolean sum(YearMonth month, List<Item> summaries) {
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
