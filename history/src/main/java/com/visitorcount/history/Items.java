package com.visitorcount.history;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The items of the table {@code VisitorHistory}. Safe for use by several threads and several
 * writers at once; unless it says otherwise, a method throws {@link StoreUnavailableException} if
 * the table did not answer in time or refused, and what was to be written may or may not have been
 * written then.
 */
interface Items {
  /** Writes an item, over the one with its keys if there is one. */
  void put(Item item);

  /**
   * What became of several writes.
   *
   * @param items those that were not written, for all that is known
   * @param cause why, null if all were written
   */
  record Unwritten(List<Item> items, @Nullable StoreUnavailableException cause) {
    public Unwritten {
      items = List.copyOf(items);
    }
  }

  /**
   * Writes items with different keys, in no particular order, each over the one with its keys if
   * there is one. Trouble with some does not keep the others back, and throws nothing.
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

  /** Deletes an item if it is as the writer knows it; else nothing happens. */
  void deleteIf(String partition, String sort, String knownRevision);

  /**
   * Writes an item if the one with its keys is as the writer knows it.
   *
   * @param knownRevision revision of the item that is there; empty: there is none
   * @return whether it was written
   */
  boolean putIf(Item item, String knownRevision);

  /**
   * The items of a partition in the order of their sort keys.
   *
   * @param from first sort key
   * @param to last sort key, inclusive
   * @param consistent whether every write that was acknowledged must be seen, for twice the price
   */
  List<Item> query(String partition, String from, String to, boolean consistent);

  /**
   * Hands over these items one by one, of which few are in memory.
   *
   * @param receiver tells whether to go on
   */
  default void scan(
      String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
    for (Item item : query(partition, from, to, consistent)) {
      if (!receiver.test(item)) {
        return;
      }
    }
  }

  /** Deletes these items; whoever fails in between can do it again. */
  default void deleteAll(String partition, Keys.Range range) {
    keys(partition, range).forEach(key -> delete(partition, key));
  }

  /** The sort keys of these items; every write that was acknowledged is seen. */
  default List<String> keys(String partition, Keys.Range range) {
    List<String> keys = new ArrayList<>();
    scan(partition, range.from(), range.to(), true, item -> keys.add(item.sort()));
    return keys;
  }

  /**
   * The first of these items, as it was a moment ago; empty if there is none.
   *
   * @param from first sort key
   * @param to last sort key, inclusive
   */
  default Optional<Item> first(String partition, String from, String to) {
    return query(partition, from, to, false).stream().findFirst();
  }
}
