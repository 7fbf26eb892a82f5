package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which reports were sent: if several runs find one due, only one sends it. If that run is killed
 * before it notes the outcome, another one tries again.
 */
public final class SentReports {
  /** A run that has not noted the outcome after this time was killed. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final Duration KEPT = Duration.ofDays(60);
  private static final String SENT = "sent";
  private static final byte[] NOTHING = {};

  private final Items items;

  SentReports(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * Claims a report. Returns whether the caller is the one to send it.
   *
   * @param name such as {@code weekly#2026-11-23}
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public boolean claim(String name, Instant now) {
    String known = known(name);
    if (known.equals(SENT)
        || (!known.isEmpty() && Instant.parse(known).plus(PATIENCE).isAfter(now))) {
      return false;
    }
    // the SDK repeats a write whose answer was lost, and its first attempt makes the condition fail
    return items.putIf(item(name, now.toString(), now), known)
        || known(name).equals(now.toString());
  }

  /**
   * Notes that the report was sent, so that it is never sent again.
   *
   * @param claimed when it was claimed
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void finish(String name, Instant claimed) {
    items.put(item(name, SENT, claimed));
  }

  /**
   * Releases the claim of a report that could not be sent, so that the next run may try.
   *
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public void release(String name, Instant claimed) {
    items.deleteIf(Keys.REPORTS, name, claimed.toString());
  }

  private static Item item(String name, String revision, Instant claimed) {
    return new Item(Keys.REPORTS, name, revision, NOTHING, claimed.plus(KEPT).getEpochSecond());
  }

  private String known(String name) {
    List<Item> found = items.query(Keys.REPORTS, name, name, true);
    return found.isEmpty() ? "" : found.get(0).revision();
  }
}
