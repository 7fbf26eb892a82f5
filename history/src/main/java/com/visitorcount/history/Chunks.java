package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stores rows as they arrive. Writes neither read nor depend on what is stored: storing the same
 * rows, or some of them, again changes nothing. Safe for use by several threads.
 */
public final class Chunks {
  /**
   * If one process writes this many chunks of a day in an hour, they are united before the day is
   * closed.
   */
  private static final int BUSY_CHUNKS = 16;

  /** Most days that a process remembers; beyond that it forgets them all and lists them again. */
  private static final int MAX_REMEMBERED = 20_000;

  private final Items items;
  private final int busyChunks;

  /** The hour until which each day is known to be listed. */
  private final Map<SiteDay, ArrivalHour> listed = new ConcurrentHashMap<>();

  private final Map<SiteDay, Arrivals> arrivals = new ConcurrentHashMap<>();

  Chunks(Items items) {
    this(items, BUSY_CHUNKS);
  }

  /**
   * @param busyChunks how many chunks in an hour make a day busy
   */
  Chunks(Items items, int busyChunks) {
    this.items = requireNonNull(items, "items");
    this.busyChunks = busyChunks;
  }

  /**
   * The outcome of storing rows.
   *
   * @param chunks how many chunks were written
   * @param unstored the rows that were not stored, as far as is known
   * @param cause why, null if all were stored
   */
  public record Result(int chunks, List<Row> unstored, @Nullable StoreUnavailableException cause) {
    public Result {
      unstored = List.copyOf(unstored);
    }
  }

  private record SiteDay(String site, LocalDate day) {}

  private record Arrivals(ArrivalHour hour, int chunks) {}

  /** Stores rows of any sites and days; a failure with some does not hold up the others. */
  public Result store(Collection<Row> rows, Instant now) {
    ArrivalHour arrival = ArrivalHour.of(now);
    Map<SiteDay, List<Row>> rowsOfDays = rowsOfDays(rows);
    Set<SiteDay> unstored = new LinkedHashSet<>();
    StoreUnavailableException unlisted = list(rowsOfDays.keySet(), arrival, unstored);
    Map<Item, SiteDay> chunks = new LinkedHashMap<>();
    rowsOfDays.forEach(
        (day, rowsOfDay) -> {
          if (!unstored.contains(day)) {
            chunks(day, rowsOfDay, arrival).forEach(chunk -> chunks.put(chunk, day));
          }
        });
    Items.Unwritten unwritten = items.putAll(List.copyOf(chunks.keySet()));
    unwritten.items().forEach(chunk -> unstored.add(requireNonNull(chunks.get(chunk))));
    noteBusyDays(chunks.values(), arrival);
    return new Result(
        chunks.size() - unwritten.items().size(),
        unstored.stream().flatMap(day -> requireNonNull(rowsOfDays.get(day)).stream()).toList(),
        unwritten.cause() == null ? unlisted : unwritten.cause());
  }

  private static Map<SiteDay, List<Row>> rowsOfDays(Collection<Row> rows) {
    Map<SiteDay, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      groups
          .computeIfAbsent(new SiteDay(row.page().site(), row.day()), key -> new ArrayList<>())
          .add(row);
    }
    return groups;
  }

  private static List<Item> chunks(SiteDay day, List<Row> rows, ArrivalHour arrival) {
    String partition = Keys.openDay(day.site(), day.day());
    List<Item> chunks = new ArrayList<>();
    for (byte[] part : RowCodec.encode(Rows.union(List.of(rows)))) {
      String key = Keys.chunk(arrival, Digest.of(List.of(part)));
      chunks.add(new Item(partition, key, "", part, arrival.expires()));
    }
    return chunks;
  }

  /**
   * Lists days and their sites before their first chunk, which nothing would find otherwise.
   *
   * @param unlisted receives the days that could not be listed
   * @return why listing failed, null if it did not
   */
  private @Nullable StoreUnavailableException list(
      Set<SiteDay> days, ArrivalHour arrival, Set<SiteDay> unlisted) {
    Map<SiteDay, ArrivalHour> unknown = new LinkedHashMap<>();
    Set<Item> listings = new LinkedHashSet<>();
    for (SiteDay day : days) {
      ArrivalHour until = listedUntil(day, arrival);
      if (!until.equals(listed.get(day))) {
        unknown.put(day, until);
        listings.add(Sites.listing(day.site(), arrival.start().toLocalDate()));
        listings.add(WorkList.listing(day.site(), day.day(), until));
      }
    }
    Items.Unwritten unwritten = items.putAll(List.copyOf(listings));
    Set<String> failed = new HashSet<>();
    unwritten.items().forEach(item -> failed.add(item.sort()));
    if (listed.size() > MAX_REMEMBERED) {
      listed.clear();
    }
    unknown.forEach(
        (day, until) -> {
          if (failed.contains(day.site()) || failed.contains(Keys.listing(day.site(), day.day()))) {
            unlisted.add(day);
          } else {
            listed.put(day, until);
          }
        });
    return unwritten.cause();
  }

  /** A day that may be closed is listed again each hour, so that late rows are found soon. */
  private static ArrivalHour listedUntil(SiteDay day, ArrivalHour arrival) {
    return Compaction.mayBeClosed(day.day(), arrival.start().toLocalDate())
        ? arrival.plusHours(1)
        : arrival.nextDay();
  }

  /** If this fails, the hour is not united, which only costs some read units. */
  private void noteBusyDays(Collection<SiteDay> daysOfChunks, ArrivalHour arrival) {
    if (arrivals.size() > MAX_REMEMBERED) {
      arrivals.clear();
    }
    List<Item> busy = new ArrayList<>();
    for (SiteDay day : daysOfChunks) {
      Arrivals more =
          arrivals.merge(
              day,
              new Arrivals(arrival, 1),
              (before, one) ->
                  before.hour().equals(arrival) ? new Arrivals(arrival, before.chunks() + 1) : one);
      if (more.chunks() == busyChunks) {
        busy.add(WorkList.busy(day.site(), day.day(), arrival));
      }
    }
    items.putAll(busy);
  }
}
