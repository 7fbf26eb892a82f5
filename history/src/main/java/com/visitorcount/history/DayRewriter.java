package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.SummaryBuilder;
import com.visitorcount.history.statistics.VisitRule;
import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Changes the rows of a site's closed days. The new revision of a day is written beside the old
 * one, then the summary is replaced, so that readers see the day either before or after the change.
 * The old revision is deleted last; a mark that is written first lets a later run delete it if this
 * one fails.
 */
final class DayRewriter {
  private static final int MAX_ATTEMPTS = 5;
  private static final byte[] NOTHING = {};

  /** Revision of a day without rows. */
  private static final String WITHOUT_PARTS = StoredParts.revisionWithoutParts(List.of());

  private final Items items;
  private final String site;
  private final StoredParts parts;
  private final SummedDays sums;
  private final LakeDays lake;

  DayRewriter(Items items, String site) {
    this(items, site, LakeDays.of(items));
  }

  /**
   * @param lake is told of days that are changed
   */
  DayRewriter(Items items, String site, LakeDays lake) {
    this.lake = requireNonNull(lake, "lake");
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
    this.parts = new StoredParts(items, site);
    this.sums = new SummedDays(items, site);
  }

  /** The new state of a day, whose parts and sequences are already written. */
  private record Written(Item summary, boolean isEmpty) {}

  private interface Writer {
    @Nullable Written write(@Nullable Item summary);
  }

  /**
   * Changes the rows of a day. A day that has none left is no longer a closed day.
   *
   * @param change gives the new rows for the old ones, both in the order of a set; called for the
   *     day, or for each segment of a large day
   * @return whether something was written
   */
  boolean change(LocalDate day, UnaryOperator<List<Row>> change) {
    return exchange(day, summary -> changed(day, summary, change));
  }

  /**
   * Deletes the rows and the summary's numbers of a day. The sequences of its rows are kept, so
   * that history still adds up to the counters.
   *
   * @return whether something was written
   */
  boolean forget(LocalDate day) {
    boolean written = exchange(day, summary -> summary == null ? null : emptied(day, summary));
    sums.delete(day);
    return written;
  }

  /**
   * Puts sums without rows into a day, replacing those of the same source.
   *
   * @param added null if the source has none for this day
   */
  void putSums(LocalDate day, String source, @Nullable Summary added) {
    sums.put(day, source, added);
    exchange(day, known -> withSums(day, known));
  }

  /** Deletes the name of a page or event from the sums without rows of a day. */
  void forgetInSums(LocalDate day, PageId page) {
    Item known = summary(day);
    if (known != null && StoredParts.hasSums(known.revision())) {
      sums.forget(day, page);
      exchange(day, before -> withSums(day, before));
    }
  }

  private @Nullable Written withSums(LocalDate day, @Nullable Item known) {
    List<String> segments = known == null ? List.of() : StoredParts.segments(known.revision());
    List<Summary> summaries = new ArrayList<>();
    for (String segment : segments) {
      summaries.add(parts.summary(day, segment));
    }
    Summary ofRows = summaries.isEmpty() ? empty() : Summary.sumOfDay(summaries);
    String revision = segments.isEmpty() ? WITHOUT_PARTS : StoredParts.revisionOf(segments);
    Item ofDay = sums.summaryWithAll(day, revision, ofRows);
    boolean isEmpty = ofRows.totals().rows() == 0 && hasNothingElse(day, ofDay);
    return known == null && isEmpty ? null : new Written(ofDay, isEmpty);
  }

  private boolean exchange(LocalDate day, Writer writer) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Item known = summary(day);
      String knownRevision = known == null ? "" : known.revision();
      Written written = writer.write(known);
      if (written == null || written.summary().revision().equals(knownRevision)) {
        return false;
      }
      List<String> kept = StoredParts.segments(written.summary().revision());
      for (String old : StoredParts.segments(knownRevision)) {
        if (!kept.contains(old)) {
          items.put(new Item(site, Keys.forgotten(day, old), "", NOTHING, 0));
        }
      }
      lake.add(site, day);
      if (put(day, written, knownRevision)) {
        deleteForgotten();
        return true;
      }
    }
    throw new StoreUnavailableException("a day was changed by others again and again");
  }

  private boolean put(LocalDate day, Written written, String knownRevision) {
    if (written.isEmpty()) {
      items.deleteIf(site, Keys.summary(day), knownRevision);
      Item left = summary(day);
      return left == null;
    }
    if (items.putIf(written.summary(), knownRevision)) {
      return true;
    }
    // the SDK repeats a write whose answer was lost, and its first attempt makes the condition fail
    Item there = summary(day);
    return there != null && there.revision().equals(written.summary().revision());
  }

  private @Nullable Written changed(
      LocalDate day, @Nullable Item known, UnaryOperator<List<Row>> change) {
    VisitRule rule = known == null ? VisitRule.CURRENT : rule(known);
    List<String> segments = known == null ? List.of("") : StoredParts.segments(known.revision());
    List<String> revisions = new ArrayList<>();
    List<Summary> summaries = new ArrayList<>();
    boolean changed = false;
    boolean isEmpty = true;
    for (String segment : segments) {
      List<Row> before = segment.isEmpty() ? List.of() : parts.rows(day, segment);
      List<Row> after = change.apply(before);
      isEmpty &= after.isEmpty();
      if (after.equals(before)) {
        revisions.add(segment);
        summaries.add(segments.size() == 1 ? empty() : parts.summary(day, segment));
        continue;
      }
      changed = true;
      StoredParts.Written segmentAfter = parts.write(day, after, rule);
      revisions.add(segmentAfter.revision());
      summaries.add(segmentAfter.summary());
    }
    if (!changed) {
      return null;
    }
    Summary summary = summaries.size() == 1 ? summaries.get(0) : Summary.sumOfDay(summaries);
    Item ofDay = sums.summary(day, StoredParts.revisionOf(revisions), summary, known);
    return new Written(ofDay, isEmpty && hasNothingElse(day, ofDay));
  }

  /**
   * Deletes the rows of a day; its summary and their sequences are kept.
   *
   * @return whether something was written
   */
  boolean expire(LocalDate day) {
    return exchange(
        day,
        known ->
            known == null || StoredParts.isWithoutParts(known.revision())
                ? null
                : expired(day, known));
  }

  private Written expired(LocalDate day, Item known) {
    sums.putOurs(day, known.revision(), ofRows(day, known));
    keepSequences(day, known);
    return new Written(sums.summaryWithAll(day, WITHOUT_PARTS, empty()), false);
  }

  private Summary ofRows(LocalDate day, Item known) {
    if (!StoredParts.hasSums(known.revision())) {
      return Summary.decode(known.bytes());
    }
    return Summary.sumOfDay(
        StoredParts.segments(known.revision()).stream()
            .map(segment -> parts.summary(day, segment))
            .toList());
  }

  private Written emptied(LocalDate day, Item known) {
    keepSequences(day, known);
    byte[] nothing = empty().encode();
    return new Written(new Item(site, Keys.summary(day), WITHOUT_PARTS, nothing, 0), false);
  }

  /** Keeps the sequences of a day's rows when the rows are deleted. */
  private void keepSequences(LocalDate day, Item known) {
    SequenceLedger ledger = new SequenceLedger();
    for (String segment : StoredParts.segments(known.revision())) {
      Keys.Range range = Keys.sequences(day, segment);
      ledger.addAll(
          SequenceLedger.decode(
              items.query(site, range.from(), range.to(), true).stream()
                  .map(Item::bytes)
                  .toList()));
    }
    List<byte[]> encoded = ledger.encode();
    String gone = SummedDays.digest(known.revision());
    for (int i = 0; i < encoded.size(); i++) {
      items.put(new Item(site, Keys.sequencesOfGone(day, gone, i), "", encoded.get(i), 0));
    }
  }

  /** Sums and the sequences of deleted rows are only found through a summary. */
  private boolean hasNothingElse(LocalDate day, Item summary) {
    Keys.Range gone = Keys.sequencesOfGone(day);
    return !StoredParts.hasSums(summary.revision())
        && items.query(site, gone.from(), gone.to(), true).isEmpty();
  }

  private static Summary empty() {
    return new SummaryBuilder().build();
  }

  private static VisitRule rule(Item summary) {
    return StoredParts.isOfColumns(summary.revision())
        ? VisitRule.CURRENT
        : Summary.decode(summary.bytes()).rule();
  }

  /** Deletes old revisions that earlier changes replaced and left behind. */
  void deleteForgotten() {
    Keys.Range marks = Keys.forgotten();
    for (Item mark : items.query(site, marks.from(), marks.to(), true)) {
      LocalDate day = Keys.forgottenDay(mark.sort());
      String revision = Keys.forgottenRevision(mark.sort());
      Item current = summary(day);
      if (current == null || !StoredParts.segments(current.revision()).contains(revision)) {
        delete(day, revision);
      }
      items.delete(site, mark.sort());
    }
  }

  private void delete(LocalDate day, String revision) {
    for (Group group : Group.values()) {
      items.deleteAll(site, Keys.parts(group, day, revision));
    }
    items.deleteAll(site, Keys.sequences(day, revision));
  }

  /** The summary of a day, null if it is not closed. */
  @Nullable Item summary(LocalDate day) {
    String key = Keys.summary(day);
    List<Item> found = items.query(site, key, key, true);
    return found.isEmpty() ? null : found.get(0);
  }
}
