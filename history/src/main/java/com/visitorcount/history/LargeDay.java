package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.VisitRule;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a site's UTC day that has more rows than fit into memory. First its chunks are put into
 * shards by visitor, batch by batch; then a few shards at a time become a segment of the closed
 * day, with its own parts, sequences and summary. Finished work is marked, so that a run continues
 * where the last one stopped and nothing is written twice.
 *
 * <p>A shard may hold a row twice, or rows that a later batch repeats: they are united into a set
 * when the segment is made.
 */
final class LargeDay {
  private static final byte[] NOTHING = {};

  private final Items items;
  private final LocalDate day;
  private final String partition;
  private final StoredParts parts;
  private final int maxRows;
  private final BooleanSupplier isTimeUp;

  /**
   * @param maxRows about how many rows may be in memory
   * @param isTimeUp asked before each piece of work
   */
  LargeDay(Items items, String site, LocalDate day, int maxRows, BooleanSupplier isTimeUp) {
    this.items = requireNonNull(items, "items");
    this.day = requireNonNull(day, "day");
    this.partition = Keys.openDay(site, day);
    this.parts = new StoredParts(items, site);
    this.maxRows = maxRows;
    this.isTimeUp = requireNonNull(isTimeUp, "isTimeUp");
  }

  /**
   * The closed day.
   *
   * @param revision names its segments
   */
  record Closed(String revision, Summary summary) {}

  /**
   * Writes everything but the summary of the day.
   *
   * @param known revision of the day if it is closed, empty if it is not
   * @return null if there was not enough time: the next run continues
   */
  @Nullable Closed write(String known, long expires) {
    if (!putIntoShards(!known.isEmpty())) {
      return null;
    }
    List<Item> batches = query(Keys.batches());
    List<String> segments = new ArrayList<>(StoredParts.segments(known));
    String whole = beginsWithWholeDay(segments) ? segments.remove(0) : "";
    int count = segments.isEmpty() ? segments(batches) : segments.size();
    Set<Row.Name> ofWhole = new HashSet<>();
    List<Summary> summaries = new ArrayList<>();
    List<String> revisions = new ArrayList<>();
    if (!whole.isEmpty()) {
      parts.rows(day, whole).forEach(row -> ofWhole.add(row.name()));
      summaries.add(summaryOf(whole));
      revisions.add(whole);
    }
    String inputs =
        Digest.of(
            batches.stream().map(item -> item.sort().getBytes(StandardCharsets.UTF_8)).toList());
    SortedMap<String, Item> done = new TreeMap<>();
    query(Keys.segments(inputs)).forEach(item -> done.put(item.sort(), item));
    for (int number = 0; number < count; number++) {
      String key = Keys.segment(inputs, number);
      Item mark = done.get(key);
      StoredParts.Written segment;
      if (mark != null) {
        segment = new StoredParts.Written(mark.revision(), Summary.decode(mark.bytes()));
      } else if (isTimeUp.getAsBoolean()) {
        return null;
      } else {
        segment = segment(number, count, segments.isEmpty() ? "" : segments.get(number), ofWhole);
        items.put(
            new Item(partition, key, segment.revision(), segment.summary().encode(), expires));
      }
      summaries.add(segment.summary());
      revisions.add(segment.revision());
    }
    return new Closed(StoredParts.revisionOf(revisions), Summary.sumOfDay(summaries));
  }

  /**
   * Whether the first segment is the day as it was closed before it became large; its visitors are
   * in no shard. The number of segments made of shards is a power of two from two up, so such a day
   * has one more, or only that one.
   */
  private static boolean beginsWithWholeDay(List<String> segments) {
    int count = segments.size();
    boolean isPowerOfTwo = Integer.bitCount(count) == 1;
    return count == 1 || (count > 0 && !isPowerOfTwo);
  }

  /** A power of two, so that each segment is a range of shards. */
  private int segments(List<Item> batches) {
    long rows = batches.stream().mapToLong(item -> Long.parseLong(item.revision())).sum();
    int count = 2;
    while (count < Shards.COUNT && rows > (long) count * maxRows) {
      count *= 2;
    }
    return count;
  }

  /**
   * Puts the chunks that are not in shards yet into them.
   *
   * @param again whether the day was closed before: new chunks may sort before those already in
   *     shards
   * @return false if there was not enough time
   */
  private boolean putIntoShards(boolean again) {
    List<Item> batches = query(Keys.batches());
    String last = batches.isEmpty() ? "" : Keys.lastChunk(batches.get(batches.size() - 1).sort());
    String from =
        last.isEmpty()
            ? Keys.chunks().from()
            : again
                ? Keys.chunks(
                        Keys.arrival(last).plusHours(-WorkList.MAX_HOURS_HELD_UP), ArrivalHour.MAX)
                    .from()
                : Keys.after(last);
    Batch batch = new Batch();
    boolean[] complete = {true};
    items.scan(
        partition,
        from,
        Keys.chunks().to(),
        true,
        chunk -> {
          batch.add(chunk);
          if (batch.rows.size() >= maxRows) {
            batch.write();
            complete[0] = !isTimeUp.getAsBoolean();
          }
          return complete[0];
        });
    batch.write();
    return complete[0];
  }

  /** Some chunks being put into shards. */
  private final class Batch {
    private final List<Row> rows = new ArrayList<>();
    private final List<byte[]> keys = new ArrayList<>();
    private String last = "";
    private long expires;

    void add(Item chunk) {
      rows.addAll(RowCodec.decode(chunk.bytes()));
      keys.add(chunk.sort().getBytes(StandardCharsets.UTF_8));
      last = chunk.sort();
      expires = chunk.expires();
    }

    void write() {
      if (rows.isEmpty()) {
        return;
      }
      String name = Digest.of(keys);
      SortedMap<Integer, List<Row>> shards = new TreeMap<>();
      for (Row row : Rows.union(List.of(rows))) {
        shards.computeIfAbsent(Shards.of(row), shard -> new ArrayList<>()).add(row);
      }
      shards.forEach(
          (shard, ofShard) -> {
            List<byte[]> encoded = RowCodec.encode(ofShard);
            for (int i = 0; i < encoded.size(); i++) {
              items.put(
                  new Item(partition, Keys.shard(shard, name, i), "", encoded.get(i), expires));
            }
          });
      items.put(
          new Item(
              partition, Keys.batch(last, name), Integer.toString(rows.size()), NOTHING, expires));
      rows.clear();
      keys.clear();
    }
  }

  /**
   * @param known revision of the segment if the day is closed, empty if it is not
   * @param elsewhere rows to leave out of it
   */
  private StoredParts.Written segment(
      int number, int count, String known, Set<Row.Name> elsewhere) {
    int width = Shards.COUNT / count;
    Keys.Range shards = Keys.shards(number * width, (number + 1) * width - 1);
    List<Row> open = new ArrayList<>();
    items.scan(
        partition,
        shards.from(),
        shards.to(),
        true,
        item -> {
          RowCodec.decode(item.bytes()).stream()
              .filter(row -> !elsewhere.contains(row.name()))
              .forEach(open::add);
          return true;
        });
    List<Row> closed = known.isEmpty() ? List.of() : parts.rows(day, known);
    List<Row> all = Rows.withLate(closed, open);
    if (!known.isEmpty() && all.size() == closed.size()) {
      return new StoredParts.Written(known, summaryOf(known));
    }
    StoredParts.Written written = parts.goOnWriting(day, all, VisitRule.CURRENT);
    return new StoredParts.Written(written.revision(), asRead(written.summary()));
  }

  private Summary summaryOf(String revision) {
    return asRead(parts.summary(day, revision));
  }

  /**
   * The summary as a segment's mark stores it, so that the result is the same whichever run made
   * it.
   */
  private static Summary asRead(Summary summary) {
    return Summary.decode(summary.encode());
  }

  private List<Item> query(Keys.Range range) {
    return items.query(partition, range.from(), range.to(), true);
  }
}
