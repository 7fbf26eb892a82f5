package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.HashMap;
import java.util.Map;

/**
 * How often the share links of each site were revoked. A link is valid only if it was made with the
 * current number. The numbers stay when a site is deleted; otherwise its old links would be valid
 * again. Safe for use by several threads and processes.
 */
public final class ShareGenerations {
  private final Items items;

  ShareGenerations(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * The generation of a site; 0 if its links were never revoked.
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
   * The generations of all sites whose links were revoked.
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
   * Revokes all links to a site that have been made so far.
   *
   * @return the generation from now on
   * @throws StoreUnavailableException if the table did not answer; then they may or may not be
   *     revoked
   */
  public long takeBack(String site) {
    long known = of(site);
    Item next = new Item(Keys.SHARES, site, Long.toString(known + 1), new byte[0], 0);
    // a concurrent call has revoked the same links
    return items.putIf(next, known == 0 ? "" : Long.toString(known)) ? known + 1 : of(site);
  }

  private static long number(Item item) {
    try {
      return Long.parseLong(item.revision());
    } catch (NumberFormatException e) {
      // edited by hand: better no link than a revoked one
      throw new StoreUnavailableException("The item " + item.name() + " has no generation", e);
    }
  }
}
