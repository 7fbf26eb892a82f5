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
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps stream records that could not be read, complete and without expiry, until someone sends
 * them again or deletes them. Storing a record again changes nothing. Safe for use by several
 * threads.
 */
public final class UnreadableRecords {
  /** DynamoDB's limits: 400 KB for an item, 16 MB for a batch of 25 items. */
  static final int MAX_SLICE_BYTES = 350_000;

  /** Revision of a record that is being sent again. */
  private static final String SENT = "sent";

  /** Lambda's limit for a request is 6 MB, in which a record keeps its length. */
  private static final int MAX_REDRIVEN_BYTES = 4_000_000;

  /** The stream's batch size. */
  private static final int MAX_REDRIVEN = 500;

  private final Items items;

  UnreadableRecords(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * The outcome of storing records.
   *
   * @param unstored the records that were not stored, as far as is known
   * @param cause why, null if all were stored
   */
  public record Result(Set<String> unstored, @Nullable StoreUnavailableException cause) {
    public Result {
      unstored = Set.copyOf(unstored);
    }
  }

  /**
   * Stores records and notes that there are some; a failure with one does not affect the others.
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
      // without the note, nobody would look for these records
      unstored.addAll(record == null ? records : Set.of(record));
    }
    return new Result(unstored, unwritten.cause());
  }

  /**
   * Sends every record to a receiver that may be able to read it by now. What it sets aside again
   * stays; a failure loses nothing, and the call can be repeated.
   *
   * @param receiver takes some records, JSON in ASCII, and returns whether all were stored or set
   *     aside
   * @param dryRun whether to only count, without sending
   * @return how many records there were, and how many are left
   */
  public Redriven redrive(Predicate<List<String>> receiver, boolean dryRun) {
    Redrive redrive = new Redrive(receiver, dryRun);
    forEachSlice(redrive::add);
    redrive.endRecord();
    redrive.send();
    return new Redriven(redrive.sent, redrive.sent == 0 || dryRun ? redrive.sent : count());
  }

  private int count() {
    int[] count = {0};
    forEachSlice(item -> count[0] += Keys.isFirstSlice(item.sort()) ? 1 : 0);
    return count[0];
  }

  private void forEachSlice(Consumer<Item> receiver) {
    Keys.Range all = Keys.all();
    items.scan(
        Keys.SET_ASIDE_RECORDS,
        all.from(),
        all.to(),
        true,
        item -> {
          receiver.accept(item);
          return true;
        });
  }

  /** Collects records into requests; holds no more than one request in memory. */
  private final class Redrive {
    private final Predicate<List<String>> receiver;
    private final boolean dryRun;
    private final List<String> batch = new ArrayList<>();
    private final List<Item> slices = new ArrayList<>();
    private final List<Item> record = new ArrayList<>();
    private int bytes;
    private int sent;

    Redrive(Predicate<List<String>> receiver, boolean dryRun) {
      this.receiver = receiver;
      this.dryRun = dryRun;
    }

    void add(Item slice) {
      if (Keys.isFirstSlice(slice.sort())) {
        endRecord();
      }
      record.add(slice);
    }

    void endRecord() {
      if (record.isEmpty()) {
        return;
      }
      sent++;
      if (!dryRun) {
        StringBuilder text = new StringBuilder();
        record.forEach(item -> text.append(new String(item.bytes(), UTF_8)));
        if (batch.size() == MAX_REDRIVEN || bytes + text.length() > MAX_REDRIVEN_BYTES) {
          send();
        }
        batch.add(text.toString());
        slices.addAll(record);
        bytes += text.length();
      }
      record.clear();
    }

    void send() {
      if (batch.isEmpty()) {
        return;
      }
      // a record that is set aside again gets another revision and so is not deleted
      slices.forEach(
          item -> items.put(new Item(item.partition(), item.sort(), SENT, item.content(), 0)));
      if (receiver.test(List.copyOf(batch))) {
        slices.forEach(item -> items.deleteIf(item.partition(), item.sort(), SENT));
      }
      batch.clear();
      slices.clear();
      bytes = 0;
    }
  }

  /** Notes that somebody has dealt with what was set aside. */
  public void clearNote() {
    new WorkList(items).clearSetAside();
  }

  /**
   * The outcome of sending records again.
   *
   * @param sent how many there were
   * @param left how many are still there
   */
  public record Redriven(int sent, int left) {}

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
