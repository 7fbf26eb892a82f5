package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The closed days whose files in the lake are still to be written. A day is listed before its
 * summary is exchanged and struck off once its files are written, so that none is missed, whatever
 * is broken off. Without a lake, no day is listed. Every method throws {@link
 * StoreUnavailableException} if the table did not answer in time or refused.
 */
public final class LakeDays {
  /** Before the time of every attempt. */
  private static final String NEW = "0";

  private static final byte[] NOTHING = {};

  private final Items items;
  private @Nullable Boolean isUsed;

  private LakeDays(Items items, @Nullable Boolean isUsed) {
    this.items = requireNonNull(items, "items");
    this.isUsed = isUsed;
  }

  /** Of a table that says itself whether there is a lake. */
  static LakeDays of(Items items) {
    return new LakeDays(items, null);
  }

  /** Of a lake. */
  static LakeDays used(Items items) {
    return new LakeDays(items, true);
  }

  /** For whoever has no lake, or changes nothing of what it has. */
  static LakeDays unused(Items items) {
    return new LakeDays(items, false);
  }

  /**
   * A listed day.
   *
   * @param stamp names the latest attempt to write its files
   * @param state what that attempt noted; empty: nothing
   */
  public record Listed(String site, LocalDate day, String stamp, String state) {
    public Listed {
      requireNonNull(site, "site");
      requireNonNull(day, "day");
      requireNonNull(stamp, "stamp");
      requireNonNull(state, "state");
    }
  }

  /** Says in the table whether there is a lake, for the program that imports and deletes. */
  void announce() {
    if (Boolean.TRUE.equals(isUsed)
        && items.query(Keys.LAKE, Keys.LAKE_IN_USE, Keys.LAKE_IN_USE, true).isEmpty()) {
      items.put(new Item(Keys.LAKE, Keys.LAKE_IN_USE, "1", NOTHING, 0));
    }
  }

  /** Lists a day that is about to be written, if there is a lake. */
  void add(String site, LocalDate day) {
    if (isUsed == null) {
      isUsed = !items.query(Keys.LAKE, Keys.LAKE_IN_USE, Keys.LAKE_IN_USE, true).isEmpty();
    }
    if (isUsed) {
      items.put(new Item(Keys.LAKE, Keys.listing(site, day), NEW, NOTHING, 0));
    }
  }

  /** All listed days, those first that have waited longest since an attempt. */
  public List<Listed> all() {
    List<Listed> all = new ArrayList<>();
    for (Item item : items.query(Keys.LAKE, "0", "~", true)) {
      String key = item.sort();
      all.add(
          new Listed(
              Keys.listedSite(key),
              Keys.listedDay(key),
              item.revision(),
              new String(item.bytes(), UTF_8)));
    }
    all.sort(Comparator.comparing(Listed::stamp));
    return all;
  }

  /**
   * Notes that a day is attempted: should the attempt break the run off, other days come first the
   * next time.
   *
   * @return null if the day was listed anew, or attempted by another run, meanwhile
   */
  public @Nullable Listed begin(Listed listed, Instant now) {
    Listed begun = new Listed(listed.site(), listed.day(), now.toString(), listed.state());
    return items.putIf(item(begun), listed.stamp()) ? begun : null;
  }

  /**
   * Notes how far an attempt has got.
   *
   * @return null as above
   */
  public @Nullable Listed note(Listed listed, String state) {
    Listed noted = new Listed(listed.site(), listed.day(), listed.stamp(), state);
    return items.putIf(item(noted), listed.stamp()) ? noted : null;
  }

  /** Strikes a day off, unless it was listed anew meanwhile. */
  public void finish(Listed listed) {
    items.deleteIf(Keys.LAKE, Keys.listing(listed.site(), listed.day()), listed.stamp());
  }

  /** Strikes all days of a site off. */
  void forget(String site) {
    for (Listed listed : all()) {
      if (listed.site().equals(site)) {
        items.delete(Keys.LAKE, Keys.listing(site, listed.day()));
      }
    }
  }

  private static Item item(Listed listed) {
    return new Item(
        Keys.LAKE,
        Keys.listing(listed.site(), listed.day()),
        listed.stamp(),
        listed.state().getBytes(UTF_8),
        0);
  }

  /** How many files a day has had at most; 0 if never more than one. */
  public int files(String site, LocalDate day) {
    String key = Keys.lakeFiles(day);
    List<Item> found = items.query(site, key, key, true);
    return found.isEmpty() ? 0 : Integer.parseInt(found.get(0).revision());
  }

  /** Notes, before they are written, how many files a day has. */
  public void noteFiles(String site, LocalDate day, int files) {
    items.put(new Item(site, Keys.lakeFiles(day), Integer.toString(files), NOTHING, 0));
  }
}
