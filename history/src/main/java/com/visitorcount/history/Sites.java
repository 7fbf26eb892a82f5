package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sites that have history. */
final class Sites {
  private static final byte[] NOTHING = {};

  private final Items items;

  Sites(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /** The item that lists a site and the day on which rows last arrived for it. */
  static Item listing(String site, LocalDate today) {
    return new Item(Keys.SITES, site, today.toString(), NOTHING, 0);
  }

  /** All sites with the day on which rows last arrived for each. */
  SortedMap<String, LocalDate> all() {
    SortedMap<String, LocalDate> sites = new TreeMap<>();
    for (Item item : items.query(Keys.SITES, "!", "~", true)) {
      sites.put(item.sort(), LocalDate.parse(item.revision()));
    }
    return sites;
  }

  /** The sites for which rows arrived on a day or later. */
  List<String> since(LocalDate day) {
    return all().entrySet().stream()
        .filter(site -> !site.getValue().isBefore(day))
        .map(Map.Entry::getKey)
        .toList();
  }
}
