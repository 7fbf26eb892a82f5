package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The days of sites that are still to be closed. A day is listed before its rows are stored; the
 * hourly job removes it once it is closed and no more rows can arrive under its listing. So due
 * work is found without visiting every site, and an hour without news costs one query.
 *
 * <p>A listed day has up to three items: its listing, whose revision is the hour until which rows
 * may arrive under it; the latest attempt to close it; and the latest hour in which it was busy.
 */
final class WorkList {
  /** How many hours late a function that was held up may write rows. */
  static final int MAX_HOURS_HELD_UP = 3;

  /** Listings outlive what they list, which is kept for seven days. */
  private static final int KEPT_DAYS = 10;

  private static final Comparator<Entry> LONGEST_WAITING_FIRST =
      Comparator.comparing(Entry::waitingSince)
          .thenComparing(Entry::day)
          .thenComparing(Entry::site);

  private static final byte[] NOTHING = {};

  private final Items items;

  WorkList(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * A listed day.
   *
   * @param until the hour until which rows may arrive under this listing, exclusive
   * @param attempted when a run last began to close the day, null if none has
   * @param closedFor the {@code until} of the listing for which that attempt closed the day, null
   *     if it did not finish
   * @param busyHour the latest arrival hour in which many chunks arrived, null if there was none
   */
  record Entry(
      String site,
      LocalDate day,
      ArrivalHour until,
      @Nullable Instant attempted,
      @Nullable ArrivalHour closedFor,
      @Nullable ArrivalHour busyHour) {
    /** Whether no more rows can arrive under this listing. */
    boolean isComplete(ArrivalHour now) {
      return until.plusHours(MAX_HOURS_HELD_UP).compareTo(now) <= 0;
    }

    /** Whether the day was closed since it was listed. */
    boolean isClosed() {
      return until.equals(closedFor);
    }

    private boolean isDue(ArrivalHour now) {
      return Compaction.mayBeClosed(day, now.start().toLocalDate())
          && (!isClosed() || isComplete(now));
    }

    /** Whether chunks worth uniting arrived recently. */
    private boolean isBusy(ArrivalHour now) {
      return busyHour != null && busyHour.plusHours(MAX_HOURS_HELD_UP).compareTo(now) >= 0;
    }

    Instant waitingSince() {
      return attempted == null ? Compaction.closingTime(day) : attempted;
    }
  }

  /** The item that lists a day; store it before the first of the day's rows. */
  static Item listing(String site, LocalDate day, ArrivalHour until) {
    return item(Keys.listing(site, day), until.toString(), NOTHING, until);
  }

  /** The item that says that many chunks of a day arrived in an hour. */
  static Item busy(String site, LocalDate day, ArrivalHour hour) {
    return item(Keys.busy(site, day), hour.toString(), NOTHING, hour);
  }

  private static Item item(String key, String revision, byte[] content, ArrivalHour hour) {
    return new Item(Keys.WORK, key, revision, content, hour.plusHours(24L * KEPT_DAYS).seconds());
  }

  /**
   * What the list contains.
   *
   * @param days all listed days
   * @param somethingSetAside whether something could not be read and nobody has dealt with it yet
   */
  record Contents(List<Entry> days, boolean somethingSetAside) {
    Contents {
      days = List.copyOf(days);
    }
  }

  Contents read(ArrivalHour now) {
    Map<String, Item> byKey = query();
    if (!byKey.containsKey(Keys.ALL_SITES_LISTED)) {
      listOpenDaysOfAllSites(now, byKey);
      byKey = query();
    }
    List<Entry> entries = new ArrayList<>();
    for (Item item : byKey.values()) {
      if (Keys.isListing(item.sort())) {
        entries.add(entry(item, byKey));
      }
    }
    return new Contents(entries, byKey.containsKey(Keys.SOMETHING_SET_ASIDE));
  }

  private Map<String, Item> query() {
    Map<String, Item> byKey = new TreeMap<>();
    for (Item item : items.query(Keys.WORK, "!", "~", true)) {
      byKey.put(item.sort(), item);
    }
    return byKey;
  }

  private static Entry entry(Item listing, Map<String, Item> byKey) {
    String site = Keys.listedSite(listing.sort());
    LocalDate day = Keys.listedDay(listing.sort());
    Item attempt = byKey.get(Keys.attempt(site, day));
    Item busy = byKey.get(Keys.busy(site, day));
    return new Entry(
        site,
        day,
        ArrivalHour.parse(listing.revision()),
        attempt == null ? null : Instant.parse(new String(attempt.bytes(), UTF_8)),
        attempt == null || attempt.revision().isEmpty()
            ? null
            : ArrivalHour.parse(attempt.revision()),
        busy == null ? null : ArrivalHour.parse(busy.revision()));
  }

  /** Lists what versions that listed only sites have stored. Done once for each table. */
  private void listOpenDaysOfAllSites(ArrivalHour now, Map<String, Item> listed) {
    LocalDate today = now.start().toLocalDate();
    LocalDate first = Compaction.firstOpen(today);
    for (String site : new Sites(items).since(first)) {
      for (LocalDate day = first; !day.isAfter(today); day = day.plusDays(1)) {
        if (!listed.containsKey(Keys.listing(site, day))) {
          items.put(listing(site, day, now.nextDay()));
        }
      }
    }
    items.put(new Item(Keys.WORK, Keys.ALL_SITES_LISTED, "1", NOTHING, 0));
  }

  /** The busy days among the entries, due or not. */
  static List<Entry> busy(List<Entry> entries, ArrivalHour now) {
    return entries.stream().filter(entry -> entry.isBusy(now)).toList();
  }

  /**
   * The days that are due, in the order in which to close them: longest waiting first. A day that
   * crashed an earlier run has been attempted since, and so comes after those that have not. Sites
   * with several listed days alternate with sites that have only one, so that a flood of made-up
   * sites takes half of the time, not all of it. The longest-waiting day comes first, whichever
   * kind its site is: if one kind always began, a site of that kind that crashes every run would
   * keep all sites of the other kind from being closed.
   */
  static List<Entry> due(List<Entry> entries, ArrivalHour now) {
    Map<String, Integer> listedDays = new HashMap<>();
    entries.forEach(entry -> listedDays.merge(entry.site(), 1, Integer::sum));
    List<Entry> due =
        entries.stream().filter(entry -> entry.isDue(now)).sorted(LONGEST_WAITING_FIRST).toList();
    Queue<Entry> known = new ArrayDeque<>();
    Queue<Entry> single = new ArrayDeque<>();
    due.forEach(
        entry -> (listedDays.getOrDefault(entry.site(), 0) > 1 ? known : single).add(entry));
    List<Entry> inTurns = new ArrayList<>(due.size());
    boolean isTurnOfKnown =
        single.isEmpty()
            || (!known.isEmpty()
                && LONGEST_WAITING_FIRST.compare(known.element(), single.element()) < 0);
    while (inTurns.size() < due.size()) {
      Queue<Entry> turn = isTurnOfKnown ? known : single;
      if (!turn.isEmpty()) {
        inTurns.add(turn.remove());
      }
      isTurnOfKnown = !isTurnOfKnown;
    }
    return inTurns;
  }

  /** Notes that a day is about to be closed; call it before closing begins. */
  void begin(Entry entry, Instant now) {
    items.put(attempt(entry, "", now));
  }

  /**
   * Notes that a day is closed, and removes it from the list if no more rows can arrive under its
   * listing.
   */
  void finish(Entry entry, Instant now) {
    if (!entry.isComplete(ArrivalHour.of(now))) {
      items.put(attempt(entry, entry.until().toString(), now));
      return;
    }
    items.delete(Keys.WORK, Keys.attempt(entry.site(), entry.day()));
    if (entry.busyHour() != null) {
      items.delete(Keys.WORK, Keys.busy(entry.site(), entry.day()));
    }
    // last, and only if the day was not listed again in the meantime
    items.deleteIf(Keys.WORK, Keys.listing(entry.site(), entry.day()), entry.until().toString());
  }

  /** Notes that something could not be read. */
  void noteSetAside() {
    items.put(setAside());
  }

  /** Notes that somebody has dealt with what could not be read. */
  void clearSetAside() {
    items.delete(Keys.WORK, Keys.SOMETHING_SET_ASIDE);
  }

  /** The item that says, until someone deletes it, that something could not be read. */
  static Item setAside() {
    return new Item(Keys.WORK, Keys.SOMETHING_SET_ASIDE, "1", NOTHING, 0);
  }

  private static Item attempt(Entry entry, String closedFor, Instant now) {
    return item(
        Keys.attempt(entry.site(), entry.day()),
        closedFor,
        now.toString().getBytes(UTF_8),
        ArrivalHour.of(now));
  }
}
