package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What questions needed but could not read. They are answered from everything else: if other items
 * hold the same data, as parts do for a summary, these are read instead; if not, the numbers of
 * that day are too low. Not safe for use by several threads.
 */
public final class UnreadableItems {
  /** The first few show what is wrong; thousands would fill the log. */
  private static final int MAX_NAMED = 20;

  private final SortedSet<LocalDate> days = new TreeSet<>();
  private final SortedSet<LocalDate> summedDays = new TreeSet<>();
  private final List<Unreadable> named = new ArrayList<>();
  private int count;

  /**
   * An item that could not be read.
   *
   * @param item its keys
   * @param cause null if the item is not there
   */
  public record Unreadable(String item, @Nullable Exception cause) {
    public Unreadable {
      requireNonNull(item, "item");
    }
  }

  /** What any of several questions could not read. */
  public static UnreadableItems of(Stream<UnreadableItems> questions) {
    UnreadableItems all = new UnreadableItems();
    questions.forEach(
        one -> {
          all.days.addAll(one.days);
          all.summedDays.addAll(one.summedDays);
          all.count += one.count;
          one.named.stream().limit(MAX_NAMED - all.named.size()).forEach(all.named::add);
        });
    return all;
  }

  /** Notes an item that others were read instead of. */
  public void addReplaced(String item, @Nullable Exception cause) {
    count++;
    if (named.size() < MAX_NAMED) {
      named.add(new Unreadable(item, cause));
    }
  }

  /** Notes an item whose views are missing from the numbers of a UTC day. */
  public void addMissing(LocalDate day, String item, @Nullable Exception cause) {
    days.add(day);
    addReplaced(item, cause);
  }

  /** The UTC days whose numbers are too low. */
  public SortedSet<LocalDate> days() {
    return Collections.unmodifiableSortedSet(days);
  }

  /** Notes a UTC day that has sums without rows, which the question could not use. */
  public void addSummed(LocalDate day) {
    summedDays.add(day);
  }

  /**
   * The UTC days with views that are left out because only their sums are known: they were imported
   * as sums, or are beyond the retention period. This is not an error.
   */
  public SortedSet<LocalDate> summedDays() {
    return Collections.unmodifiableSortedSet(summedDays);
  }

  /** How many items could not be read. */
  public int count() {
    return count;
  }

  /** The first of these items, at most {@value #MAX_NAMED}. */
  public List<Unreadable> named() {
    return List.copyOf(named);
  }
}
