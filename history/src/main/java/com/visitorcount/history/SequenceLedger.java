package com.visitorcount.history;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.visitorcount.page.PageId;
import com.visitorcount.row.DeflatedJson;
import com.visitorcount.row.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which sequences the rows of a day have, page by page: what tells whether history adds up to the
 * counter, without the rows.
 */
final class SequenceLedger {
  private static final int VERSION = 1;

  private final Map<Life, Entry> entries = new TreeMap<>();

  private SequenceLedger() {}

  /** A page between its birth and its deletion. */
  record Life(String page, long bornMillis) implements Comparable<Life> {
    private static final Comparator<Life> ORDER =
        Comparator.comparing(Life::page).thenComparingLong(Life::bornMillis);

    static Life of(PageId page, long bornMillis) {
      return new Life(page.toString(), bornMillis);
    }

    @Override
    public int compareTo(Life other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * @param rows how many rows there are: more than sequences, if a counter was set back
   */
  record Entry(long rows, SequenceSet sequences) {}

  static SequenceLedger of(Collection<Row> rows) {
    SequenceLedger ledger = new SequenceLedger();
    for (Row row : rows) {
      SequenceSet one = new SequenceSet();
      one.add(row.sequence(), row.sequence());
      ledger.add(Life.of(row.page(), row.bornMillis()), 1, one);
    }
    return ledger;
  }

  private void add(Life life, long rows, SequenceSet sequences) {
    Entry entry = entries.getOrDefault(life, new Entry(0, new SequenceSet()));
    sequences.runs().forEach(entry.sequences()::add);
    entries.put(life, new Entry(entry.rows() + rows, entry.sequences()));
  }

  /** What is known of a page, which may be nothing. */
  Entry of(Life life) {
    return entries.getOrDefault(life, new Entry(0, new SequenceSet()));
  }

  /**
   * @param runs of each page: how far the first number of a run is from the end of the one before,
   *     and how many numbers follow it
   */
  @JsonPropertyOrder({"pages", "born", "rows", "runs"})
  private record Columns(
      List<String> pages, List<Long> born, List<Long> rows, List<List<Long>> runs) {}

  byte[] encode() {
    return DeflatedJson.write(
        VERSION,
        new Columns(
            entries.keySet().stream().map(Life::page).toList(),
            entries.keySet().stream().map(Life::bornMillis).toList(),
            entries.values().stream().map(Entry::rows).toList(),
            entries.values().stream().map(entry -> distances(entry.sequences())).toList()));
  }

  private static List<Long> distances(SequenceSet sequences) {
    List<Long> distances = new ArrayList<>();
    long end = 0;
    for (Map.Entry<Long, Long> run : sequences.runs().entrySet()) {
      distances.add(run.getKey() - end);
      distances.add(run.getValue() - run.getKey());
      end = run.getValue();
    }
    return distances;
  }

  /**
   * @throws IllegalArgumentException if this is no ledger, or one that newer code has written
   */
  static SequenceLedger decode(byte[] bytes) {
    Columns columns = DeflatedJson.read(VERSION, bytes, Columns.class);
    SequenceLedger ledger = new SequenceLedger();
    for (int i = 0; i < columns.pages().size(); i++) {
      Life life = new Life(columns.pages().get(i), columns.born().get(i));
      ledger.add(life, columns.rows().get(i), sequences(columns.runs().get(i)));
    }
    return ledger;
  }

  private static SequenceSet sequences(List<Long> distances) {
    SequenceSet sequences = new SequenceSet();
    long end = 0;
    for (int i = 0; i < distances.size(); i += 2) {
      long first = end + distances.get(i);
      end = first + distances.get(i + 1);
      sequences.add(first, end);
    }
    return sequences;
  }
}
