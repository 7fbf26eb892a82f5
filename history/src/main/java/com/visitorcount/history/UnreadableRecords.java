package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records of the stream that could not be read, whole and forever, until someone puts them
 * back or deletes them. Storing a record again changes nothing. Safe for use by several threads.
 */
public final class UnreadableRecords {
  /** An item of DynamoDB has at most 400 KB, and a batch of 25 items at most 16 MB. */
  static final int MAX_SLICE_BYTES = 350_000;

  private final Items items;

  UnreadableRecords(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * What became of records.
   *
   * @param unstored the records that were not stored, for all that is known
   * @param cause why, null if all were stored
   */
  public record Result(Set<String> unstored, @Nullable StoreUnavailableException cause) {
    public Result {
      unstored = Set.copyOf(unstored);
    }
  }

  /**
   * Stores records, and notes that there are some; trouble with one does not affect the others.
   *
   * @param records JSON, in ASCII
   */
  public Result store(Set<String> records) {
    if (records.isEmpty()) {
      return new Result(Set.of(), null);
    }
    List<Item> slices = new ArrayList<>();
    Map<String, String> recordsByKey = new HashMap<>();
    for (String record : records) {
      for (Item slice : slices(record.getBytes(UTF_8))) {
        slices.add(slice);
        recordsByKey.put(slice.sort(), record);
      }
    }
    slices.add(WorkList.setAside());
    Items.Unwritten unwritten = items.putAll(slices);
    Set<String> unstored = new HashSet<>();
    for (Item item : unwritten.items()) {
      String record = recordsByKey.get(item.sort());
      // without the note, nobody would look for any of them
      unstored.addAll(record == null ? records : Set.of(record));
    }
    return new Result(unstored, unwritten.cause());
  }

  private static List<Item> slices(byte[] record) {
    String digest = Digest.of(List.of(record));
    List<Item> slices = new ArrayList<>();
    for (int from = 0; from < record.length; from += MAX_SLICE_BYTES) {
      byte[] slice =
          Arrays.copyOfRange(record, from, Math.min(record.length, from + MAX_SLICE_BYTES));
      slices.add(
          new Item(Keys.SET_ASIDE_RECORDS, Keys.record(digest, slices.size()), "", slice, 0));
    }
    return slices;
  }
}
