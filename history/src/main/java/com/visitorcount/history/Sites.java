package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;

/** The sites that have history. */
final class Sites {
  private static final byte[] NOTHING = {};

  private final Items items;

  Sites(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /** The item that lists a site, as one for which rows arrived on a day. */
  static Item listing(String site, LocalDate today) {
    return new Item(Keys.SITES, site, today.toString(), NOTHING, 0);
  }

  /** All sites. */
  List<String> all() {
    return query(LocalDate.MIN);
  }

  /** The sites for which rows arrived on a day or later. */
  List<String> since(LocalDate day) {
    return query(day);
  }

  private List<String> query(LocalDate since) {
    return items.query(Keys.SITES, "!", "~", true).stream()
        .filter(item -> !LocalDate.parse(item.revision()).isBefore(since))
        .map(Item::sort)
        .toList();
  }
}
