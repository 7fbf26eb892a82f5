package com.visitorcount.history;

import com.visitorcount.history.column.ByteReader;
import com.visitorcount.history.column.ByteWriter;
import com.visitorcount.history.column.Numbers;
import com.visitorcount.history.row.DeflatedJson;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The sequences of a day's rows, page by page: with them history can be checked against the
 * counters without the rows.
 */
final class SequenceLedger {
  private static final int VERSION_OF_JSON = 1;
  private static final int VERSION = 2;

  /** Well within DynamoDB's item size. */
  private static final int MAX_PART_BYTES = 64 * 1_024;

  /** More seldom fit into a part, and finding that out is expensive. */
  private static final int MAX_PART_LIVES = 20_000;

  /** One page may have as many runs as a day has rows. */
  private static final int MAX_PART_RUNS = 4 * 1_024 * 1_024;

  private static final byte[] NOTHING = {};

  private final Map<Life, Entry> entries = new TreeMap<>();

  /** An empty ledger. */
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
   * @param rows number of rows: more than sequences if a counter was set back
   */
  record Entry(long rows, SequenceSet sequences) {}

  static SequenceLedger of(Collection<Row> rows) {
    SequenceLedger ledger = new SequenceLedger();
    for (Row row : rows) {
      if (row.isMessage()) {
        continue;
      }
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

  /** Adds all lives of a page from another ledger. */
  void addPage(SequenceLedger other, PageId page) {
    other.entries.forEach(
        (life, entry) -> {
          if (life.page().equals(page.toString())) {
            add(life, entry.rows(), entry.sequences());
          }
        });
  }

  /** Adds everything from another ledger. */
  void addAll(SequenceLedger other) {
    other.entries.forEach((life, entry) -> add(life, entry.rows(), entry.sequences()));
  }

  /** Whether a page has a life with this birth. */
  boolean hasBirth(long bornMillis) {
    return entries.keySet().stream().anyMatch(life -> life.bornMillis() == bornMillis);
  }

  /** The entry of a page; empty if there is none. */
  Entry of(Life life) {
    return entries.getOrDefault(life, new Entry(0, new SequenceSet()));
  }

  /**
   * Encodes the ledger in as many parts as it needs, so that a flood of pages does not outgrow an
   * item.
   */
  List<byte[]> encode() {
    List<byte[]> parts = new ArrayList<>();
    if (!entries.isEmpty()) {
      encode(List.copyOf(entries.entrySet()), parts);
    }
    return parts;
  }

  private static void encode(List<Map.Entry<Life, Entry>> lives, List<byte[]> parts) {
    byte[] bytes = lives.size() > MAX_PART_LIVES ? NOTHING : encode(lives);
    if (lives.size() == 1 || (bytes.length > 0 && bytes.length <= MAX_PART_BYTES)) {
      parts.add(bytes);
    } else {
      int middle = lives.size() / 2;
      encode(lives.subList(0, middle), parts);
      encode(lives.subList(middle, lives.size()), parts);
    }
  }

  private static byte[] encode(List<Map.Entry<Life, Entry>> lives) {
    int count = lives.size();
    String[] pages = new String[count];
    long[] born = new long[count];
    long[] surplus = new long[count];
    int[] runs = new int[count];
    LongStream.Builder gaps = LongStream.builder();
    LongStream.Builder lengths = LongStream.builder();
    long bornBefore = 0;
    for (int i = 0; i < count; i++) {
      Life life = lives.get(i).getKey();
      Entry entry = lives.get(i).getValue();
      pages[i] = life.page();
      born[i] = Numbers.foldSign(life.bornMillis() - bornBefore);
      bornBefore = life.bornMillis();
      surplus[i] = entry.rows() - entry.sequences().size();
      runs[i] = entry.sequences().runs().size();
      long end = 0;
      for (Map.Entry<Long, Long> run : entry.sequences().runs().entrySet()) {
        gaps.add(run.getKey() - end);
        lengths.add(run.getValue() - run.getKey());
        end = run.getValue();
      }
    }
    ByteWriter out = new ByteWriter();
    out.octet(VERSION);
    out.varint(count);
    Numbers.write(out, pages);
    Numbers.write(out, born);
    Numbers.write(out, surplus);
    Numbers.write(out, runs);
    Numbers.write(out, gaps.build().toArray());
    Numbers.write(out, lengths.build().toArray());
    return out.toBytes();
  }

  /**
   * Reads all parts of a ledger.
   *
   * @throws IllegalArgumentException if one is not a part, or newer code wrote it
   */
  static SequenceLedger decode(Collection<byte[]> parts) {
    SequenceLedger ledger = new SequenceLedger();
    for (byte[] part : parts) {
      if (part.length > 0 && part[0] == VERSION_OF_JSON) {
        ledger.add(DeflatedJson.read(VERSION_OF_JSON, part, JsonColumns.class));
      } else {
        ledger.add(new ByteReader(part));
      }
    }
    return ledger;
  }

  private void add(ByteReader in) {
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException("a ledger of version " + version + " cannot be read");
    }
    int count = in.varint();
    if (count > MAX_PART_LIVES) {
      throw new IllegalArgumentException(count + " pages are more than a ledger's part has");
    }
    String[] pages = Numbers.readTexts(in, count);
    long[] born = Numbers.readLongs(in, count);
    long[] surplus = Numbers.readLongs(in, count);
    int[] runs = Numbers.read(in, count, MAX_PART_RUNS);
    long allRuns = IntStream.of(runs).asLongStream().sum();
    if (allRuns > MAX_PART_RUNS) {
      throw new IllegalArgumentException(allRuns + " runs are more than a ledger's part has");
    }
    long[] gaps = Numbers.readLongs(in, (int) allRuns);
    long[] lengths = Numbers.readLongs(in, (int) allRuns);
    long bornBefore = 0;
    int run = 0;
    for (int i = 0; i < count; i++) {
      bornBefore += Numbers.unfoldSign(born[i]);
      SequenceSet sequences = new SequenceSet();
      long end = 0;
      for (int next = run + runs[i]; run < next; run++) {
        end = addRun(sequences, end, gaps[run], lengths[run]);
      }
      add(new Life(pages[i], bornBefore), sequences.size() + surplus[i], sequences);
    }
  }

  /**
   * @param end last number of the previous run
   * @return last number of this run
   */
  private static long addRun(SequenceSet sequences, long end, long gap, long length) {
    long first = end + gap;
    long last = first + length;
    if (first <= end || last < first) {
      throw new IllegalArgumentException("the runs of a ledger are not in order");
    }
    sequences.add(first, last);
    return last;
  }

  /**
   * A ledger as older versions wrote it.
   *
   * @param runs for each page: how far the first number of a run is from the end of the previous
   *     run, and how many numbers follow it
   */
  private record JsonColumns(
      List<String> pages, List<Long> born, List<Long> rows, List<List<Long>> runs) {
    @SuppressWarnings("UnusedMethod") // called by Jackson
    JsonColumns {
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
  }

  private void add(JsonColumns columns) {
    for (int i = 0; i < columns.pages().size(); i++) {
      SequenceSet sequences = new SequenceSet();
      long end = 0;
      List<Long> distances = columns.runs().get(i);
      for (int j = 0; j < distances.size(); j += 2) {
        end = addRun(sequences, end, distances.get(j), distances.get(j + 1));
      }
      Life life = new Life(columns.pages().get(i), columns.born().get(i));
      add(life, columns.rows().get(i), sequences);
    }
  }
}
