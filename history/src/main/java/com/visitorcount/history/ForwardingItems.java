package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Forwards every call; subclasses observe or change some. Several items are written one by one. */
class ForwardingItems implements Items {
  private final Items items;

  ForwardingItems(Items items) {
    this.items = requireNonNull(items, "items");
  }

  @Override
  public void put(Item item) {
    items.put(item);
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    return items.putIf(item, knownRevision);
  }

  @Override
  public void delete(String partition, String sort) {
    items.delete(partition, sort);
  }

  @Override
  public void deleteIf(String partition, String sort, String knownRevision) {
    items.deleteIf(partition, sort, knownRevision);
  }

  @Override
  public List<Item> query(String partition, String from, String to, boolean consistent) {
    return items.query(partition, from, to, consistent);
  }

  @Override
  public void scan(
      String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
    items.scan(partition, from, to, consistent, receiver);
  }

  @Override
  public Optional<Item> first(String partition, String from, String to) {
    return items.first(partition, from, to);
  }
}
