package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.CountersUnavailableException;
import com.visitorcount.row.Row;
import com.visitorcount.row.RowCodec;
import com.visitorcount.row.Rows;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stores rows as they arrive, by writes that neither read nor depend on what is there: storing the
 * same rows again, or some of them, changes nothing. Safe for use by several threads.
 */
public final class Chunks {
  private final Items items;

  /** Sites that are known to be listed, by the day for which they are. */
  private final Set<Map.Entry<String, LocalDate>> listed = ConcurrentHashMap.newKeySet();

  Chunks(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * What became of rows.
   *
   * @param chunks how many chunks were written
   * @param unstored the rows that were not stored, for all that is known
   * @param cause why, null if all were stored
   */
  public record Result(
      int chunks, List<Row> unstored, @Nullable CountersUnavailableException cause) {
    public Result {
      unstored = List.copyOf(unstored);
    }
  }

  /** Stores rows, of whatever sites and days; trouble with some does not keep the others back. */
  public Result store(Collection<Row> rows, Instant now) {
    ArrivalHour arrival = ArrivalHour.of(now);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    int chunks = 0;
    List<Row> unstored = new ArrayList<>();
    CountersUnavailableException cause = null;
    for (Map.Entry<OpenDayKey, List<Row>> group : groups(rows).entrySet()) {
      try {
        list(group.getKey().site(), today);
        chunks += store(group.getKey(), group.getValue(), arrival);
      } catch (CountersUnavailableException e) {
        unstored.addAll(group.getValue());
        cause = e;
      }
    }
    return new Result(chunks, unstored, cause);
  }

  private record OpenDayKey(String site, LocalDate day) {}

  private static Map<OpenDayKey, List<Row>> groups(Collection<Row> rows) {
    Map<OpenDayKey, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      groups
          .computeIfAbsent(new OpenDayKey(row.page().site(), row.day()), key -> new ArrayList<>())
          .add(row);
    }
    return groups;
  }

  private int store(OpenDayKey day, List<Row> rows, ArrivalHour arrival) {
    List<byte[]> parts = RowCodec.encode(Rows.union(List.of(rows)));
    String partition = Keys.openDay(day.site(), day.day());
    for (byte[] part : parts) {
      String key = Keys.chunk(arrival, Digest.of(List.of(part)));
      items.put(new Item(partition, key, "", part, arrival.expires()));
    }
    return parts.size();
  }

  /** Before its first chunk: nobody would find that chunk otherwise. */
  private void list(String site, LocalDate today) {
    Map.Entry<String, LocalDate> entry = Map.entry(site, today);
    if (!listed.contains(entry)) {
      new Sites(items).list(site, today);
      listed.removeIf(old -> old.getValue().isBefore(today));
      listed.add(entry);
    }
  }
}
