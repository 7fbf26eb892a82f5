package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which alerts were sent, and when: if several runs find the same, only one sends it, and the next
 * of its kind waits for {@link #SILENCE}.
 */
public final class SentAlerts {
  /** Least time between two alerts of the same kind about the same site. */
  public static final Duration SILENCE = Duration.ofHours(12);

  private static final Duration KEPT = Duration.ofDays(2);
  private static final byte[] NOTHING = {};

  private final Items items;

  SentAlerts(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * Claims an alert. Returns whether the caller is the one to send it.
   *
   * @param kind such as {@code spike}
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public boolean claim(String site, String kind, Instant now) {
    String key = Keys.alert(site, kind);
    String known = known(key);
    if (!known.isEmpty() && Instant.parse(known).plus(SILENCE).isAfter(now)) {
      return false;
    }
    long expires = now.plus(KEPT).getEpochSecond();
    Item claim = new Item(Keys.ALERTS, key, now.toString(), NOTHING, expires);
    // the SDK repeats a write whose answer was lost, and its first attempt makes the condition fail
    return items.putIf(claim, known) || known(key).equals(now.toString());
  }

  /**
   * Releases the claim of an alert that could not be sent, so that the next run may try.
   *
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void release(String site, String kind, Instant claimed) {
    items.deleteIf(Keys.ALERTS, Keys.alert(site, kind), claimed.toString());
  }

  private String known(String key) {
    List<Item> found = items.query(Keys.ALERTS, key, key, true);
    return found.isEmpty() ? "" : found.get(0).revision();
  }
}
