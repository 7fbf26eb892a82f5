package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the links to each site's statistics were taken back: the number that a link has to be
 * made of. They stay when a site is deleted, or its old links would be valid again. Safe for use by
 * several threads and processes.
 */
public final class ShareGenerations {
  private final Items items;

  ShareGenerations(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * The generation of a site; 0 if its links were never taken back.
   *
   * @throws StoreUnavailableException if the table did not answer
   */
  public long of(String site) {
    return items.query(Keys.SHARES, site, site, true).stream()
        .findFirst()
        .map(ShareGenerations::number)
        .orElse(0L);
  }

  /**
   * The generations of all sites whose links were taken back.
   *
   * @throws StoreUnavailableException if the table did not answer
   */
  public Map<String, Long> all() {
    Map<String, Long> generations = new HashMap<>();
    for (Item item : items.query(Keys.SHARES, "!", "~", true)) {
      generations.put(item.sort(), number(item));
    }
    return generations;
  }

  /**
   * Takes back all links to a site that have been made so far.
   *
   * @return the generation from now on
   * @throws StoreUnavailableException if the table did not answer; then they may or may not be
   *     taken back
   */
  public long takeBack(String site) {
    long known = of(site);
    Item next = new Item(Keys.SHARES, site, Long.toString(known + 1), new byte[0], 0);
    // whoever was faster has taken back the same links
    return items.putIf(next, known == 0 ? "" : Long.toString(known)) ? known + 1 : of(site);
  }

  private static long number(Item item) {
    try {
      return Long.parseLong(item.revision());
    } catch (NumberFormatException e) {
      // by hand: rather no link than one that was taken back
      throw new StoreUnavailableException("The item " + item.name() + " has no generation", e);
    }
  }
}
