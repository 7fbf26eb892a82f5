package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A UTC day of a site as it arrived: chunks, and hours, each the union of the chunks that arrived
 * in it. Chunks are kept beside their hour, so an hour may be missing but never wrong.
 */
final class OpenDay {
  /** How late a chunk may be written by a function that was held up. */
  private static final int LOOK_BACK_HOURS = 3;

  /** An hour with more rows than fit into memory, about 150,000, stays in chunks. */
  private static final int MAX_UNITED_BYTES = 2 * 1_024 * 1_024;

  /** An hour that no run has united within this time also stays in chunks. */
  private static final int UNITED_WITHIN_HOURS = 12;

  private static final byte[] NOTHING = {};

  private final Items items;
  private final String partition;
  private final LocalDate day;

  OpenDay(Items items, String site, LocalDate day) {
    this.items = requireNonNull(items, "items");
    this.partition = Keys.openDay(site, day);
    this.day = requireNonNull(day, "day");
  }

  /**
   * Hands over all stored rows, reading as few bytes as possible, in several sets if there are
   * many. All rows of a visitor are in one set. If an hour cannot be read, its chunks are read
   * instead.
   *
   * @param unreadable takes what cannot be read
   */
  void rows(UnreadableItems unreadable, Consumer<List<Row>> receiver) {
    NavigableMap<ArrivalHour, List<Item>> hours = hoursWithContent();
    ShardedRows rows = new ShardedRows(0);
    hours.values().removeIf(parts -> !read(parts, rows, unreadable));
    List<Item> content = new ArrayList<>();
    hours.values().forEach(content::addAll);
    for (Item chunk : chunksBeside(hours.navigableKeySet(), false)) {
      try {
        rows.add(RowCodec.decode(chunk.bytes()));
        content.add(chunk);
      } catch (IllegalArgumentException e) {
        unreadable.addMissing(day, chunk.name(), e);
      }
    }
    rows.handOver(receiver);
    for (int first = rows.end(); first < Shards.COUNT; ) {
      ShardedRows more = new ShardedRows(first);
      content.forEach(item -> more.add(RowCodec.decode(item.bytes())));
      more.handOver(receiver);
      first = more.end();
    }
  }

  private static boolean read(List<Item> hour, ShardedRows rows, UnreadableItems unreadable) {
    try {
      hour.forEach(part -> rows.add(RowCodec.decode(part.bytes())));
      return true;
    } catch (IllegalArgumentException e) {
      unreadable.addReplaced(hour.get(0).name(), e);
      return false;
    }
  }

  /** The rows that arrived in an hour or later. */
  List<Row> rowsSince(ArrivalHour hour, UnreadableItems unreadable) {
    List<List<Row>> sets = new ArrayList<>();
    for (Item chunk : query(Keys.chunks(hour, ArrivalHour.MAX), false)) {
      try {
        sets.add(RowCodec.decode(chunk.bytes()));
      } catch (IllegalArgumentException e) {
        unreadable.addMissing(day, chunk.name(), e);
      }
    }
    return Rows.union(sets);
  }

  /** Whether there is any row. */
  boolean hasRows() {
    Keys.Range chunks = Keys.chunks();
    return items.first(partition, chunks.from(), chunks.to()).isPresent();
  }

  /**
   * All rows of both hours and chunks.
   *
   * @return null if there are more rows than the limit
   */
  @Nullable List<Row> rowsOfHoursAndChunks(int maxRows) {
    List<Row> rows = new ArrayList<>();
    for (Keys.Range range : List.of(Keys.hours(), Keys.chunks())) {
      items.scan(
          partition,
          range.from(),
          range.to(),
          true,
          item -> {
            rows.addAll(RowCodec.decode(item.bytes()));
            return rows.size() <= maxRows || settle(rows) <= maxRows;
          });
    }
    return settle(rows) <= maxRows ? Collections.unmodifiableList(rows) : null;
  }

  /** An hour and its chunks hold the same rows. */
  private static int settle(List<Row> rows) {
    List<Row> united = Rows.union(List.of(List.copyOf(rows)));
    rows.clear();
    rows.addAll(united);
    return rows.size();
  }

  /**
   * Moves unreadable hours and chunks to keys of their own, where they stay for good: a single one
   * would keep the whole day from being closed.
   *
   * @return how many there were
   */
  int setAsideUnreadable() {
    List<Item> unreadable = new ArrayList<>();
    for (Keys.Range range : List.of(Keys.hours(), Keys.chunks())) {
      items.scan(
          partition,
          range.from(),
          range.to(),
          true,
          item -> {
            if (!isReadable(item)) {
              unreadable.add(item);
            }
            return true;
          });
    }
    for (Item item : unreadable) {
      items.put(new Item(partition, Keys.setAside(item.sort()), item.revision(), item.bytes(), 0));
      items.delete(partition, item.sort());
    }
    return unreadable.size();
  }

  private static boolean isReadable(Item item) {
    try {
      RowCodec.decode(item.bytes());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  boolean hasChunksSince(ArrivalHour hour) {
    return !query(Keys.chunks(hour, ArrivalHour.MAX), true).isEmpty();
  }

  /**
   * Unites the chunks of each hour that is over, unless it was united some time ago.
   *
   * @param now the hour that is not over
   * @return how many hours were written
   */
  int compact(ArrivalHour now) {
    NavigableMap<ArrivalHour, List<Item>> hours = wholeHours();
    int written = 0;
    for (int ago = UNITED_WITHIN_HOURS; ago > 0; ago--) {
      ArrivalHour hour = now.plusHours(-ago);
      List<Item> known = hours.getOrDefault(hour, List.of());
      List<Item> chunks = ago > LOOK_BACK_HOURS && !known.isEmpty() ? List.of() : chunksOf(hour);
      if (!chunks.isEmpty()) {
        List<byte[]> parts = RowCodec.encode(Item.rows(chunks));
        String revision = Digest.of(parts) + "/" + parts.size();
        if (!revision.equals(revision(known))) {
          write(hour, revision, parts);
          written++;
        }
      }
    }
    return written;
  }

  /** The chunks that arrived in an hour; none if they do not fit into memory. */
  private List<Item> chunksOf(ArrivalHour hour) {
    Keys.Range range = Keys.chunks(hour, hour);
    List<Item> chunks = new ArrayList<>();
    long[] bytes = {0};
    items.scan(
        partition,
        range.from(),
        range.to(),
        true,
        chunk -> {
          chunks.add(chunk);
          bytes[0] += chunk.bytes().length;
          return bytes[0] <= MAX_UNITED_BYTES;
        });
    return bytes[0] <= MAX_UNITED_BYTES ? chunks : List.of();
  }

  /** The hours that have all parts in one revision, without their content. */
  private NavigableMap<ArrivalHour, List<Item>> wholeHours() {
    NavigableMap<ArrivalHour, List<Item>> hours = new TreeMap<>();
    Keys.Range range = Keys.hours();
    items.scan(
        partition,
        range.from(),
        range.to(),
        true,
        part -> {
          hours
              .computeIfAbsent(Keys.arrival(part.sort()), hour -> new ArrayList<>())
              .add(new Item(partition, part.sort(), part.revision(), NOTHING, part.expires()));
          return true;
        });
    hours.values().removeIf(parts -> !isWhole(parts));
    return hours;
  }

  private void write(ArrivalHour hour, String revision, List<byte[]> parts) {
    for (int i = 0; i < parts.size(); i++) {
      items.put(new Item(partition, Keys.hour(hour, i), revision, parts.get(i), hour.expires()));
    }
  }

  /** The hours that have all parts in one revision. */
  private NavigableMap<ArrivalHour, List<Item>> hoursWithContent() {
    NavigableMap<ArrivalHour, List<Item>> hours =
        query(Keys.hours(), false).stream()
            .collect(
                Collectors.groupingBy(
                    item -> Keys.arrival(item.sort()), TreeMap::new, Collectors.toList()));
    hours.values().removeIf(parts -> !isWhole(parts));
    return hours;
  }

  private static boolean isWhole(List<Item> parts) {
    String revision = revision(parts);
    return revision.endsWith("/" + parts.size())
        && parts.stream().allMatch(part -> part.revision().equals(revision));
  }

  private static String revision(List<Item> parts) {
    return parts.isEmpty() ? "" : parts.get(0).revision();
  }

  private List<Item> chunksBeside(SortedSet<ArrivalHour> hours, boolean consistent) {
    List<Item> chunks = new ArrayList<>();
    ArrivalHour from = ArrivalHour.MIN;
    for (ArrivalHour hour : hours) {
      ArrivalHour last = hour.plusHours(-1);
      if (from.compareTo(last) <= 0) {
        chunks.addAll(query(Keys.chunks(from, last), consistent));
      }
      from = hour.plusHours(1);
    }
    chunks.addAll(query(Keys.chunks(from, ArrivalHour.MAX), consistent));
    return chunks;
  }

  private List<Item> query(Keys.Range range, boolean consistent) {
    return items.query(partition, range.from(), range.to(), consistent);
  }
}
