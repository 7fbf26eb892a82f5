package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.Summary;
import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums without rows on a site's closed days. They are items of their own, one for each day and
 * source, and also part of the day's summary, whose revision ends with their digest. Code that
 * rewrites the summary of such a day must add them.
 */
final class SummedDays {
  /** No source's name begins with this. */
  private static final String OURS = "=";

  private final Items items;
  private final String site;

  SummedDays(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /**
   * The summary of a day, as it is stored.
   *
   * @param revision of the rows
   * @param ofRows the sums of the rows
   * @param known the summary that this one replaces; the day has sums without rows only if this has
   */
  Item summary(LocalDate day, String revision, Summary ofRows, @Nullable Item known) {
    return known == null || !StoredParts.hasSums(known.revision())
        ? new Item(site, Keys.summary(day), revision, ofRows.encode(), 0)
        : summaryWithAll(day, revision, ofRows);
  }

  /** Source name of the sums of deleted rows. */
  private static String ofOurs(String revision) {
    return OURS + digest(revision);
  }

  /** A short name for a revision, which may be long. */
  static String digest(String revision) {
    return Digest.of(List.of(StoredParts.ofRows(revision).getBytes(UTF_8)));
  }

  /** Stores the sums of rows that are about to be deleted; they count once the rows are gone. */
  void putOurs(LocalDate day, String revision, Summary ofRows) {
    put(day, ofOurs(revision), ofRows);
  }

  /** The summary of a day with all sums that are stored for it. */
  Item summaryWithAll(LocalDate day, String revision, Summary ofRows) {
    List<Item> found =
        of(day).stream()
            .filter(item -> !Keys.sumsSource(item.sort()).equals(ofOurs(revision)))
            .toList();
    if (found.isEmpty()) {
      return new Item(site, Keys.summary(day), revision, ofRows.encode(), 0);
    }
    List<byte[]> contents = new ArrayList<>();
    List<Summary> summaries = new ArrayList<>();
    if (ofRows.totals().rows() > 0) {
      summaries.add(ofRows);
    }
    for (Item item : found) {
      contents.add(item.sort().getBytes(UTF_8));
      contents.add(item.bytes());
      summaries.add(Summary.decode(item.bytes()));
    }
    String withSums = StoredParts.revisionWithSums(revision, Digest.of(contents));
    Summary sum = Summary.sumOfDay(summaries);
    return new Item(site, Keys.summary(day), withSums, sum.encode(), 0);
  }

  private List<Item> of(LocalDate day) {
    Keys.Range range = Keys.sums(day);
    return items.query(site, range.from(), range.to(), true);
  }

  /**
   * Replaces the sums of a source.
   *
   * @param sums null if it has none
   */
  void put(LocalDate day, String source, @Nullable Summary sums) {
    String key = Keys.sums(day, source);
    if (sums == null) {
      items.delete(site, key);
    } else {
      items.put(new Item(site, key, "", sums.encode(), 0));
    }
  }

  /** Deletes the name of a page or event; its views stay, without a page. */
  void forget(LocalDate day, PageId page) {
    for (Item item : of(day)) {
      Summary left = Summary.decode(item.bytes()).without(page);
      items.put(new Item(site, item.sort(), "", left.encode(), 0));
    }
  }

  /** Deletes the sums of a day. */
  void delete(LocalDate day) {
    items.deleteAll(site, Keys.sums(day));
  }
}
