package com.visitorcount.history;

import java.util.List;

/** Items that hand every call on, for those that look at some or change them. */
class ForwardingItems implements Items {
  private final Items items;

  ForwardingItems(Items items) {
    this.items = items;
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
}
