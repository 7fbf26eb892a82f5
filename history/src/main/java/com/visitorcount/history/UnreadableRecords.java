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
 * Keeps records of the stream that could not be read, whole and forever, until someone puts them
 * back or deletes them. Storing a record again changes nothing. Safe for use by several threads.
 */
public final class UnreadableRecords {
  /** An item of DynamoDB has at most 400 KB, and a batch of 25 items at most 16 MB. */
  static final int MAX_SLICE_BYTES = 350_000;

  /** Revision of what is being sent again. */
  private static final String SENT = "sent";

  /** Lambda takes 6 MB, in which a record is as long as it is. */
  private static final int MAX_REDRIVEN_BYTES = 4_000_000;

  /** As many as the stream delivers at once. */
  private static final int MAX_REDRIVEN = 500;

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

  /**
   * Sends every record to where it may be read by now. What the receiver sets aside again stays;
   * whatever fails in between loses nothing and can be done again.
   *
   * @param receiver takes some records, JSON in ASCII, and tells whether they were all taken care
   *     of
   * @param dryRun whether nothing is sent
   * @return how many records there were, and how many of them are left
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

  /** Records on their way, of which no more are in memory than are sent at once. */
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
      // what is set aside again gets another revision, and so is not deleted
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

  /** Says that somebody has looked after what was set aside, whatever it was. */
  public void clearNote() {
    new WorkList(items).clearSetAside();
  }

  /**
   * What became of records that were sent again.
   *
   * @param sent how many there were
   * @param left how many there are still
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
