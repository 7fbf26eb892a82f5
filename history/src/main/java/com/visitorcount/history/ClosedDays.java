package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.CountersUnavailableException;
import com.visitorcount.row.Row;
import com.visitorcount.row.RowCodec;
import com.visitorcount.row.Rows;
import com.visitorcount.statistics.Summary;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The closed days of a site: all rows of the day, without tokens; which sequences they have; and
 * their summary, which is written last and names the revision that counts. Rows of another revision
 * are left over from a writer that came too late, or did not come to its end.
 */
final class ClosedDays {
  private static final int MAX_ATTEMPTS = 5;

  private final Items items;
  private final String site;

  ClosedDays(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /**
   * Closes a day, or takes up the rows that came after it was closed: the visitors of those count
   * as new, for nothing is left to know them by.
   *
   * @param expires when DynamoDB may delete what is replaced, in seconds since the epoch
   * @return whether something was written
   */
  boolean close(LocalDate day, long expires) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Item summary = summary(day, true);
      List<Item> closed = summary == null ? List.of() : parts(day, summary.revision(), true);
      List<Row> closedRows = Item.rows(closed);
      List<Row> open = new OpenDay(items, site, day).rowsOfHoursAndChunks();
      List<Row> all = Rows.union(List.of(closedRows, open));
      if (all.size() == closedRows.size()) {
        return false;
      }
      if (write(day, Rows.withNumberedVisitors(all), summary)) {
        if (summary != null) {
          retire(day, summary.revision(), closed, expires);
        }
        return true;
      }
    }
    throw new CountersUnavailableException("a day was closed by others again and again");
  }

  /** Those of a range of days, both inclusive, that are closed. */
  Set<LocalDate> among(LocalDate from, LocalDate to) {
    Keys.Range range = Keys.summaries(from, to);
    return items.query(site, range.from(), range.to(), true).stream()
        .map(item -> Keys.summaryDay(item.sort()))
        .collect(Collectors.toSet());
  }

  private boolean write(LocalDate day, List<Row> rows, @Nullable Item known) {
    List<byte[]> parts = RowCodec.encode(rows);
    String revision = Digest.of(parts);
    for (int i = 0; i < parts.size(); i++) {
      items.put(new Item(site, Keys.rows(day, revision, i), revision, parts.get(i), 0));
    }
    List<byte[]> ledger = SequenceLedger.of(rows).encode();
    for (int i = 0; i < ledger.size(); i++) {
      items.put(new Item(site, Keys.sequences(day, revision, i), revision, ledger.get(i), 0));
    }
    Item summary = new Item(site, Keys.summary(day), revision, Summary.of(rows).encode(), 0);
    return items.putIf(summary, known == null ? "" : known.revision()) || isCurrent(day, revision);
  }

  /** A write whose answer was lost is sent again by the SDK, and then refused because of itself. */
  private boolean isCurrent(LocalDate day, String revision) {
    Item summary = summary(day, true);
    return summary != null && summary.revision().equals(revision);
  }

  /** Whoever reads the old revision just now is not disturbed. */
  private void retire(LocalDate day, String revision, List<Item> parts, long expires) {
    List<Item> all = new ArrayList<>(parts);
    Keys.Range sequences = Keys.sequences(day, revision);
    all.addAll(items.query(site, sequences.from(), sequences.to(), true));
    for (Item item : all) {
      items.put(new Item(item.partition(), item.sort(), item.revision(), item.content(), expires));
    }
  }

  /** The rows of a closed day, null if it is not closed. */
  @Nullable List<Row> rows(LocalDate day) {
    Item summary = summary(day, false);
    return summary == null ? null : Item.rows(parts(day, summary.revision(), false));
  }

  private @Nullable Item summary(LocalDate day, boolean consistent) {
    String key = Keys.summary(day);
    List<Item> found = items.query(site, key, key, consistent);
    return found.isEmpty() ? null : found.get(0);
  }

  private List<Item> parts(LocalDate day, String revision, boolean consistent) {
    Keys.Range range = Keys.rows(day, revision);
    return items.query(site, range.from(), range.to(), consistent);
  }
}
