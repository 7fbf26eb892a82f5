package com.visitorcount.history;

import com.visitorcount.history.TroubledItems.Trouble;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A history for tests that need no DynamoDB. */
public final class InMemoryHistory {
  private InMemoryHistory() {}

  /**
   * Closes what is due, days of more rows in pieces.
   *
   * @param maxRows how many rows may be in memory, about
   * @param hasLake whether days that are closed are listed for the lake
   */
  public static void close(HistoryTable table, int maxRows, boolean hasLake, Instant now) {
    LakeDays lake = hasLake ? LakeDays.used(table.items) : LakeDays.unused(table.items);
    new Compaction(table.items, maxRows, 0, lake).run(now, () -> false);
  }

  /** An empty one. */
  public static HistoryTable table() {
    return new HistoryTable(new InMemoryItems());
  }

  /** The stream records that were set aside, as JSON. */
  public static List<String> setAside(HistoryTable table) {
    Map<String, StringBuilder> records = new LinkedHashMap<>();
    for (Item slice : table.items.query("#set-aside", "!", "~", true)) {
      records
          .computeIfAbsent(slice.sort().replaceFirst("#[0-9]+$", ""), key -> new StringBuilder())
          .append(slice.content().asUtf8String());
    }
    return records.values().stream().map(StringBuilder::toString).toList();
  }

  /** An empty one in which everything that arrived on a UTC day is unreadable. */
  public static HistoryTable unreadable(LocalDate day) {
    return new HistoryTable(
        new ForwardingItems(new InMemoryItems()) {
          @Override
          public List<Item> query(String partition, String from, String to, boolean consistent) {
            return super.query(partition, from, to, consistent).stream()
                .map(item -> partition.endsWith("#" + day) ? broken(item) : item)
                .toList();
          }

          private static Item broken(Item item) {
            return new Item(item.partition(), item.sort(), item.revision(), new byte[] {99}, 0);
          }
        });
  }

  /** An empty one that refuses one call, counted from 1, and accepts all others. */
  public static HistoryTable refusing(int call) {
    return new HistoryTable(
        new TroubledItems(new InMemoryItems(), call, Trouble.REFUSED, () -> {}));
  }
}
