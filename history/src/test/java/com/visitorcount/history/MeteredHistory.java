package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A history that computes the cost of each call like DynamoDB: a write unit for each started 1,024
 * bytes of an item, half a read unit for each started 4,096 bytes of a query, or a whole one if the
 * read is consistent.
 */
public final class MeteredHistory {
  private static final int WRITE_UNIT_BYTES = 1_024;
  private static final int READ_UNIT_BYTES = 4_096;

  /** Most bytes that a call reads. */
  private static final int PAGE_BYTES = 1_024 * 1_024;

  /** Includes attribute names and a few bytes for types. */
  private static final int ITEM_OVERHEAD_BYTES = "pkskrevzexp".length() + 8;

  private final Map<String, Long> units = new TreeMap<>();
  private final Map<String, Long> bytes = new TreeMap<>();
  private final AtomicLong halfReadUnits = new AtomicLong();
  private final AtomicLong calls = new AtomicLong();
  private final InMemoryItems items = new InMemoryItems();
  private final HistoryTable table;

  /** A history in memory. */
  public MeteredHistory() {
    this.table = new HistoryTable(new Meter(items));
  }

  /**
   * A history with its content in a file, so that it can be larger than memory.
   *
   * @param file overwritten
   */
  public MeteredHistory(Path file) throws IOException {
    this.table = new HistoryTable(new Meter(new FiledItems(items, file)));
  }

  /** The history itself. */
  public HistoryTable table() {
    return table;
  }

  /**
   * Write units so far by kind of item: {@code c} chunks, {@code h} hours, {@code d} parts of
   * closed days and their groups {@code t}, {@code p}, {@code i}, {@code q} sequences, {@code s}
   * summaries, {@code m} months, {@code sites}, {@code list} the work list.
   */
  public Map<String, Long> units() {
    return units;
  }

  /** Bytes written so far by kind of item. */
  public Map<String, Long> bytes() {
    return bytes;
  }

  /** Writes everything without expiry to a file, for {@link #load}. */
  public void saveTo(Path file) throws IOException {
    List<Item> lasting = items.all().stream().filter(item -> item.expires() == 0).toList();
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(lasting.size());
      for (Item item : lasting) {
        out.writeUTF(item.partition());
        out.writeUTF(item.sort());
        out.writeUTF(item.revision());
        out.writeInt(item.bytes().length);
        out.write(item.bytes());
      }
    }
  }

  /** A history with saved content. */
  public static HistoryTable load(Path file) throws IOException {
    InMemoryItems items = new InMemoryItems();
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (int left = in.readInt(); left > 0; left--) {
        items.put(
            new Item(in.readUTF(), in.readUTF(), in.readUTF(), in.readNBytes(in.readInt()), 0));
      }
    }
    return new HistoryTable(items);
  }

  /** Read units so far. */
  public double readUnits() {
    return halfReadUnits.get() / 2.0;
  }

  /** Calls so far, of all kinds. */
  public long calls() {
    return calls.get();
  }

  private final class Meter extends ForwardingItems {
    Meter(Items items) {
      super(items);
    }

    @Override
    public void put(Item item) {
      reckon(item);
      super.put(item);
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      reckon(item);
      return super.putIf(item, knownRevision);
    }

    @Override
    public void delete(String partition, String sort) {
      reckonDeletion();
      super.delete(partition, sort);
    }

    @Override
    public void deleteIf(String partition, String sort, String knownRevision) {
      reckonDeletion();
      super.deleteIf(partition, sort, knownRevision);
    }

    @Override
    public List<Item> query(String partition, String from, String to, boolean consistent) {
      List<Item> found = super.query(partition, from, to, consistent);
      reckonReading(found.stream().mapToLong(MeteredHistory::size).sum(), consistent);
      return found;
    }

    @Override
    public void scan(
        String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
      long[] size = {0};
      super.scan(
          partition,
          from,
          to,
          consistent,
          item -> {
            size[0] += size(item);
            return receiver.test(item);
          });
      reckonReading(size[0], consistent);
    }

    @Override
    public Optional<Item> first(String partition, String from, String to) {
      return query(partition, from, to, false).stream().findFirst();
    }

    private void reckonReading(long size, boolean consistent) {
      long blocks = Math.max(1, (size + READ_UNIT_BYTES - 1) / READ_UNIT_BYTES);
      halfReadUnits.addAndGet(consistent ? 2 * blocks : blocks);
      calls.addAndGet(1 + size / PAGE_BYTES);
    }

    private void reckonDeletion() {
      units.merge("list", 1L, Long::sum);
      calls.incrementAndGet();
    }

    private void reckon(Item item) {
      String kind =
          switch (item.partition()) {
            case Keys.SITES -> "sites";
            case Keys.WORK -> "list";
            default -> item.sort().substring(0, 1);
          };
      long size = size(item);
      units.merge(kind, (size + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES, Long::sum);
      bytes.merge(kind, size, Long::sum);
      calls.incrementAndGet();
    }
  }

  private static long size(Item item) {
    return (long) item.partition().getBytes(UTF_8).length
        + item.sort().length()
        + item.revision().length()
        + item.bytes().length
        + ITEM_OVERHEAD_BYTES;
  }
}
