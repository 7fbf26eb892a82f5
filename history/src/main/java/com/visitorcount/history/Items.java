package com.visitorcount.history;

import java.util.List;
import java.util.Optional;

/**
 * The items of the table {@code VisitorHistory}. Safe for use by several threads and several
 * writers at once; every method throws {@link
 * com.visitorcount.counter.CountersUnavailableException} if the table did not answer in time or
 * refused, and what was to be written may or may not have been written then.
 */
interface Items {
  /** Writes an item, over the one with its keys if there is one. */
  void put(Item item);

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
   * The first of these items, as it was a moment ago; empty if there is none.
   *
   * @param from first sort key
   * @param to last sort key, inclusive
   */
  default Optional<Item> first(String partition, String from, String to) {
    return query(partition, from, to, false).stream().findFirst();
  }
}
