package com.visitorcount.history;

final class InMemoryItemsTest extends ItemsContract {
  private final Items items = new InMemoryItems();

  @Override
  Items items() {
    return items;
  }
}
