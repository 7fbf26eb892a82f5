package com.visitorcount.history;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The items of the table {@code VisitorHistory}. Safe for use by several threads and several
 * writers at once. Unless it says otherwise, a method throws {@link StoreUnavailableException} if
 * the table did not answer in time or refused; the write may or may not have happened then.
 */
interface Items {
  /** Writes an item, replacing any with the same keys. */
  void put(Item item);

  /**
   * The outcome of several writes.
   *
   * @param items those that were not written, as far as is known
   * @param cause why, null if all were written
   */
  record Unwritten(List<Item> items, @Nullable StoreUnavailableException cause) {
    public Unwritten {
      items = List.copyOf(items);
    }
  }

  /**
   * Writes items with different keys in any order, replacing those with the same keys. A failure
   * with some does not hold up the others and throws nothing.
   */
  default Unwritten putAll(List<Item> items) {
    List<Item> unwritten = new ArrayList<>();
    StoreUnavailableException cause = null;
    for (Item item : items) {
      try {
        put(item);
      } catch (StoreUnavailableException e) {
        unwritten.add(item);
        cause = e;
      }
    }
    return new Unwritten(unwritten, cause);
  }

  /** Deletes an item, if there is one. */
  void delete(String partition, String sort);

  /** Deletes an item if it has the revision that the writer knows; otherwise does nothing. */
  void deleteIf(String partition, String sort, String knownRevision);

  /**
   * Writes an item if the stored one has the revision that the writer knows.
   *
   * @param knownRevision revision of the stored item; empty: there is none
   * @return whether it was written
   */
  boolean putIf(Item item, String knownRevision);

  /**
   * The items of a partition in the order of their sort keys.
   *
   * @param from first sort key
   * @param to last sort key, inclusive
   * @param consistent whether to see every acknowledged write, at twice the price
   */
  List<Item> query(String partition, String from, String to, boolean consistent);

  /**
   * Hands over these items one by one, with few in memory.
   *
   * @param receiver returns whether to continue
   */
  default void scan(
      String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
    for (Item item : query(partition, from, to, consistent)) {
      if (!receiver.test(item)) {
        return;
      }
    }
  }

  /** Deletes these items; can be repeated after a failure. */
  default void deleteAll(String partition, Keys.Range range) {
    keys(partition, range).forEach(key -> delete(partition, key));
  }

  /** The sort keys of these items, including every acknowledged write. */
  default List<String> keys(String partition, Keys.Range range) {
    List<String> keys = new ArrayList<>();
    scan(partition, range.from(), range.to(), true, item -> keys.add(item.sort()));
    return keys;
  }

  /**
   * The first of these items, by an eventually consistent read; empty if there is none.
   *
   * @param from first sort key
   * @param to last sort key, inclusive
   */
  default Optional<Item> first(String partition, String from, String to) {
    return query(partition, from, to, false).stream().findFirst();
  }
}
