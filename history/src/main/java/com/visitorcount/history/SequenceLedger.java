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

  /** One without a page. */
  SequenceLedger() {}

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

  /** Adds what another ledger has of a page, in each of its lives. */
  void addPage(SequenceLedger other, PageId page) {
    other.entries.forEach(
        (life, entry) -> {
          if (life.page().equals(page.toString())) {
            add(life, entry.rows(), entry.sequences());
          }
        });
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
      List<String> pages, List<Long> born, List<Long> rows, List<List<Long>> runs) {
    Columns {
      pages = List.copyOf(pages);
      born = List.copyOf(born);
      rows = List.copyOf(rows);
      runs = runs.stream().map(List::copyOf).toList();
      if (born.size() != pages.size()
          || rows.size() != pages.size()
          || runs.size() != pages.size()
          || runs.stream().anyMatch(distances -> distances.size() % 2 != 0)) {
        throw new IllegalArgumentException("the columns do not fit together");
      }
    }

    static Columns of(List<Map.Entry<Life, Entry>> pages) {
      return new Columns(
          pages.stream().map(page -> page.getKey().page()).toList(),
          pages.stream().map(page -> page.getKey().bornMillis()).toList(),
          pages.stream().map(page -> page.getValue().rows()).toList(),
          pages.stream().map(page -> distances(page.getValue().sequences())).toList());
    }
  }

  /** The ledger in as many parts as it needs: a flood of pages must not outgrow an item. */
  List<byte[]> encode() {
    return DeflatedJson.writeParts(VERSION, List.copyOf(entries.entrySet()), Columns::of);
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
   * Reads all parts of a ledger.
   *
   * @throws IllegalArgumentException if one is none, or one that newer code has written
   */
  static SequenceLedger decode(Collection<byte[]> parts) {
    SequenceLedger ledger = new SequenceLedger();
    for (byte[] part : parts) {
      Columns columns = DeflatedJson.read(VERSION, part, Columns.class);
      for (int i = 0; i < columns.pages().size(); i++) {
        Life life = new Life(columns.pages().get(i), columns.born().get(i));
        ledger.add(life, columns.rows().get(i), sequences(columns.runs().get(i)));
      }
    }
    return ledger;
  }

  private static SequenceSet sequences(List<Long> distances) {
    SequenceSet sequences = new SequenceSet();
    long end = 0;
    for (int i = 0; i < distances.size(); i += 2) {
      long first = end + distances.get(i);
      long last = first + distances.get(i + 1);
      if (first <= end || last < first) {
        throw new IllegalArgumentException("the runs of a ledger are not in order");
      }
      sequences.add(first, last);
      end = last;
    }
    return sequences;
  }
}
