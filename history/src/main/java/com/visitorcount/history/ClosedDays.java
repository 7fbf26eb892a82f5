package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.VisitRule;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed days of a site: all views of the day in parts, without tokens; their sequences; and
 * their summary, which is written last and names the current revision. Parts of any other revision
 * are leftovers of a writer that was too late or did not finish.
 */
final class ClosedDays {
  /** Most rows held in memory at once: about 60 MB. */
  static final int MAX_ROWS = 150_000;

  private static final int MAX_ATTEMPTS = 5;

  private final Items items;
  private final String site;
  private final StoredParts parts;
  private final SummedDays sums;
  private final int maxRows;
  private final LakeDays lake;

  ClosedDays(Items items, String site) {
    this(items, site, MAX_ROWS);
  }

  /**
   * @param maxRows a day with more rows is a large day
   */
  ClosedDays(Items items, String site, int maxRows) {
    this(items, site, maxRows, LakeDays.of(items));
  }

  /**
   * @param maxRows as above
   * @param lake is told of days that are closed
   */
  ClosedDays(Items items, String site, int maxRows, LakeDays lake) {
    this.maxRows = maxRows;
    this.lake = requireNonNull(lake, "lake");
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
    this.parts = new StoredParts(items, site);
    this.sums = new SummedDays(items, site);
  }

  /**
   * Closes a day, or adds the rows that came after it was closed. Their visitors count as new,
   * since nothing is left to recognise them by.
   *
   * @param expires when DynamoDB may delete what is replaced, in seconds since the epoch
   * @param isTimeUp asked between pieces of a large day
   */
  Outcome close(LocalDate day, long expires, BooleanSupplier isTimeUp) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Item summary = summary(day, true);
      OpenDay openDay = new OpenDay(items, site, day);
      List<Row> open =
          summary != null && StoredParts.isLarge(summary.revision())
              ? null
              : openDay.rowsOfHoursAndChunks(maxRows);
      if (open == null) {
        Outcome outcome = closeLarge(day, summary, expires, isTimeUp);
        if (outcome != Outcome.OVERTAKEN) {
          return outcome;
        }
        continue;
      }
      List<Row> closedRows = summary == null ? List.of() : parts.rows(day, summary.revision());
      List<Row> all = Rows.withLate(closedRows, open);
      if (all.size() == closedRows.size()) {
        return Outcome.UNCHANGED;
      }
      lake.add(site, day);
      if (write(day, all, VisitRule.CURRENT, summary)) {
        if (summary != null) {
          retire(day, summary.revision(), expires);
        }
        return Outcome.WRITTEN;
      }
    }
    throw new StoreUnavailableException("a day was closed by others again and again");
  }

  /**
   * Closes a day without a time limit.
   *
   * @return whether something was written
   */
  boolean close(LocalDate day, long expires) {
    return close(day, expires, () -> false) == Outcome.WRITTEN;
  }

  /** The outcome of closing a day. */
  enum Outcome {
    WRITTEN,
    /** There was nothing new. */
    UNCHANGED,
    /** There was not enough time; the next run continues. */
    UNFINISHED,
    /** Another writer closed it in the meantime. */
    OVERTAKEN
  }

  private Outcome closeLarge(
      LocalDate day, @Nullable Item known, long expires, BooleanSupplier isTimeUp) {
    if (known != null && !StoredParts.isOfColumns(known.revision())) {
      rewrite(day, expires);
      return Outcome.OVERTAKEN;
    }
    String knownRevision = known == null ? "" : known.revision();
    LargeDay.Closed closed =
        new LargeDay(items, site, day, maxRows, isTimeUp).write(knownRevision, expires);
    if (closed == null) {
      return Outcome.UNFINISHED;
    }
    if (StoredParts.segments(closed.revision()).equals(StoredParts.segments(knownRevision))) {
      return Outcome.UNCHANGED;
    }
    Item summary = sums.summary(day, closed.revision(), closed.summary(), known);
    lake.add(site, day);
    if (!items.putIf(summary, knownRevision) && !isCurrent(day, summary.revision())) {
      return Outcome.OVERTAKEN;
    }
    List<String> kept = StoredParts.segments(closed.revision());
    for (String segment : StoredParts.segments(knownRevision)) {
      if (!kept.contains(segment)) {
        retire(day, segment, expires);
      }
    }
    return Outcome.WRITTEN;
  }

  /** The closed days from one to another, both inclusive. */
  Set<LocalDate> among(LocalDate from, LocalDate to) {
    Keys.Range range = Keys.summaries(from, to);
    return items.query(site, range.from(), range.to(), true).stream()
        .map(item -> Keys.summaryDay(item.sort()))
        .collect(Collectors.toSet());
  }

  /**
   * Rewrites in columns a day that an older version wrote as rows; its numbers stay the same.
   *
   * @param expires when DynamoDB may delete what is replaced, in seconds since the epoch
   * @return whether it was written
   */
  boolean rewrite(LocalDate day, long expires) {
    Item summary = summary(day, true);
    if (summary == null || StoredParts.isOfColumns(summary.revision())) {
      return false;
    }
    List<Row> rows = parts.rows(day, summary.revision());
    VisitRule rule = Summary.decode(summary.bytes()).rule();
    boolean written = write(day, rows, rule, summary);
    if (written) {
      retire(day, summary.revision(), expires);
    }
    return written;
  }

  /** The days of a month that an older version wrote as rows, latest first. */
  List<LocalDate> storedAsRows(YearMonth month) {
    Keys.Range range = Keys.summaries(month.atDay(1), month.atEndOfMonth());
    return items.query(site, range.from(), range.to(), false).stream()
        .filter(item -> !StoredParts.isOfColumns(item.revision()))
        .map(item -> Keys.summaryDay(item.sort()))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private boolean write(LocalDate day, List<Row> rows, VisitRule rule, @Nullable Item known) {
    StoredParts.Written written = parts.write(day, rows, rule);
    Item summary = sums.summary(day, written.revision(), written.summary(), known);
    return items.putIf(summary, known == null ? "" : known.revision())
        || isCurrent(day, summary.revision());
  }

  /**
   * If the answer to a write is lost, the SDK repeats the write, and its own first attempt makes
   * the condition fail.
   */
  private boolean isCurrent(LocalDate day, String revision) {
    Item summary = summary(day, true);
    return summary != null && summary.revision().equals(revision);
  }

  /** Readers of the old revision are not disturbed. */
  private void retire(LocalDate day, String revision, long expires) {
    List<Item> all = new ArrayList<>(parts.items(day, revision));
    for (String segment : StoredParts.segments(revision)) {
      Keys.Range sequences = Keys.sequences(day, segment);
      all.addAll(items.query(site, sequences.from(), sequences.to(), true));
    }
    for (Item item : all) {
      items.put(new Item(item.partition(), item.sort(), item.revision(), item.content(), expires));
    }
  }

  private @Nullable Item summary(LocalDate day, boolean consistent) {
    String key = Keys.summary(day);
    List<Item> found = items.query(site, key, key, consistent);
    return found.isEmpty() ? null : found.get(0);
  }
}
