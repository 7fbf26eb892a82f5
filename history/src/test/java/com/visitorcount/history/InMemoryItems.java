package com.visitorcount.history;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Items in memory. */
final class InMemoryItems implements Items {
  private final Map<String, ConcurrentNavigableMap<String, Item>> partitions =
      new ConcurrentHashMap<>();

  @Override
  public void put(Item item) {
    partition(item.partition()).put(item.sort(), item);
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    AtomicBoolean written = new AtomicBoolean();
    partition(item.partition())
        .compute(
            item.sort(),
            (key, there) -> {
              written.set((there == null ? "" : there.revision()).equals(knownRevision));
              return written.get() ? item : there;
            });
    return written.get();
  }

  @Override
  public void delete(String partition, String sort) {
    partition(partition).remove(sort);
  }

  @Override
  public void deleteIf(String partition, String sort, String knownRevision) {
    partition(partition)
        .computeIfPresent(
            sort, (key, there) -> there.revision().equals(knownRevision) ? null : there);
  }

  @Override
  public List<Item> query(String partition, String from, String to, boolean consistent) {
    return List.copyOf(partition(partition).subMap(from, true, to, true).values());
  }

  /** An independent copy. */
  InMemoryItems copy() {
    InMemoryItems copy = new InMemoryItems();
    all().forEach(copy::put);
    return copy;
  }

  /** Everything that is stored. */
  List<Item> all() {
    return partitions.values().stream().flatMap(items -> items.values().stream()).toList();
  }

  /** Deletes expired items, like DynamoDB. */
  void expire(long nowSeconds) {
    partitions
        .values()
        .forEach(
            items ->
                items.values().removeIf(item -> item.expires() > 0 && item.expires() < nowSeconds));
  }

  private ConcurrentNavigableMap<String, Item> partition(String key) {
    return partitions.computeIfAbsent(key, k -> new ConcurrentSkipListMap<>());
  }
}
