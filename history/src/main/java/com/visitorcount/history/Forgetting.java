package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Event;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Deletes what history has of a site, a page or some days. Each method can be interrupted anywhere
 * and called again: what the rest is found by is deleted last. Every method throws {@link
 * StoreUnavailableException} if the table did not answer in time or refused.
 *
 * <p>Views that are still in the stream arrive afterwards and need another call.
 */
public final class Forgetting {
  private final Items items;
  private final Instant now;
  private final LocalDate today;

  Forgetting(Items items, Instant now) {
    this.items = requireNonNull(items, "items");
    this.now = requireNonNull(now, "now");
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /** The latest day that {@link #days} can delete: it and the day after it must be over. */
  public LocalDate lastDay() {
    return Compaction.lastClosable(today);
  }

  /** The days of a site that have any data. */
  public SortedSet<LocalDate> days(String site) {
    SortedSet<LocalDate> days = closedDays(site);
    for (LocalDate day : openDays()) {
      if (new OpenDay(items, site, day).hasRows()) {
        days.add(day);
      }
    }
    return days;
  }

  /** The days that may have rows that are not closed; a sender's clock may be ahead of ours. */
  private List<LocalDate> openDays() {
    return Compaction.firstOpen(today).datesUntil(today.plusDays(2)).toList();
  }

  /** Deletes everything of a site. */
  public void site(String site) {
    SortedSet<LocalDate> days = days(site);
    days.addAll(openDays());
    items.deleteAll(site, Keys.months());
    // found through the summaries, so deleted before them
    days.forEach(day -> deleteOpen(site, day));
    items.deleteAll(site, Keys.summaries());
    items.deleteAll(site, Keys.all());
    for (Item listed : items.query(Keys.WORK, "!", "~", true)) {
      if (isOf(site, listed.sort())) {
        items.delete(Keys.WORK, listed.sort());
      }
    }
    items.delete(Keys.SITES, site);
    LakeDays.of(items).forget(site);
  }

  /** Whether an item of the work list is of a site. */
  private static boolean isOf(String site, String key) {
    if (key.startsWith("!")) {
      return false;
    }
    String listed = Keys.listedSite(key);
    return listed.equals(site) || listed.startsWith(site + "#");
  }

  /** Deletes the rows of a page or event, and the page from the events that happened on it. */
  public void page(PageId page) {
    String site = page.site();
    Predicate<Row> isOfPage =
        row ->
            row.page().equals(page)
                || (row.event() != null && row.event().page().equals(page.toString()));
    for (LocalDate day : openDays()) {
      forgetOpen(page, day, isOfPage);
    }
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    Set<YearMonth> months = new TreeSet<>();
    for (LocalDate day : closedDays(site)) {
      days.change(day, rows -> without(page, rows));
      days.forgetInSums(day, page);
      months.add(YearMonth.from(day));
    }
    // every month: an interrupted call may have changed some without summing them
    months.forEach(month -> new Months(items, site).sumChanged(month, today));
    deleteRetired(site);
  }

  private static List<Row> without(PageId page, List<Row> rows) {
    List<Row> left = new ArrayList<>();
    for (Row row : rows) {
      Event event = row.event();
      if (event != null && event.page().equals(page.toString())) {
        left.add(row.withEvent(new Event("", event.properties(), event.isInteractive())));
      } else {
        left.add(row);
      }
    }
    left.removeIf(row -> row.page().equals(page));
    return left;
  }

  /**
   * Deletes rows and numbers of some days of a site, both inclusive. Counters do not change, and
   * the sequences that each page's rows had are kept, so that history still adds up.
   *
   * @throws IllegalArgumentException if the last day is after {@link #lastDay}
   */
  public void days(String site, LocalDate from, LocalDate to) {
    if (to.isAfter(lastDay())) {
      throw new IllegalArgumentException("a day is forgotten once it is over");
    }
    DayRewriter days = new DayRewriter(items, site);
    days.deleteForgotten();
    for (LocalDate day = Compaction.firstOpen(today); !day.isAfter(to); day = day.plusDays(1)) {
      if (!day.isBefore(from)) {
        new ClosedDays(items, site).close(day, ArrivalHour.of(now).expires());
        // otherwise its rows would come back with the next late row
        deleteOpen(site, day);
      }
    }
    Set<YearMonth> months = new TreeSet<>();
    for (LocalDate day : closedDays(site).subSet(from, to.plusDays(1))) {
      days.forget(day);
      months.add(YearMonth.from(day));
    }
    months.forEach(month -> new Months(items, site).sumChanged(month, today));
    deleteRetired(site);
  }

  private SortedSet<LocalDate> closedDays(String site) {
    SortedSet<LocalDate> days = new TreeSet<>();
    Keys.Range summaries = Keys.summaries();
    items.scan(
        site,
        summaries.from(),
        summaries.to(),
        true,
        summary -> {
          days.add(Keys.summaryDay(summary.sort()));
          return true;
        });
    return days;
  }

  /** Deletes the chunks of a day and all that is made of them. */
  private void deleteOpen(String site, LocalDate day) {
    String partition = Keys.openDay(site, day);
    // chunks of a batch that is marked as done would not be read again
    deletePieces(partition);
    items.deleteAll(partition, Keys.all());
  }

  /** Deletes the pieces of a large day that is being closed; they are rebuilt from chunks. */
  private void deletePieces(String partition) {
    items.deleteAll(partition, Keys.segments());
    List<String> batches = items.keys(partition, Keys.batches());
    // the last one says where reading chunks continues, so it goes first
    for (int i = batches.size() - 1; i >= 0; i--) {
      items.delete(partition, batches.get(i));
    }
    items.deleteAll(partition, Keys.shards());
  }

  private void forgetOpen(PageId page, LocalDate day, Predicate<Row> isOfPage) {
    String partition = Keys.openDay(page.site(), day);
    // shards without a batch are left over from an interrupted call
    if (items.keys(partition, Keys.batches()).isEmpty()
        || !holding(partition, Keys.shards(), isOfPage).isEmpty()) {
      deletePieces(partition);
    }
    // an hour is rebuilt from its chunks
    Set<ArrivalHour> hours = new TreeSet<>();
    holding(partition, Keys.hours(), isOfPage)
        .forEach(hour -> hours.add(Keys.arrival(hour.sort())));
    for (String key : items.keys(partition, Keys.hours())) {
      if (hours.contains(Keys.arrival(key))) {
        items.delete(partition, key);
      }
    }
    for (Item chunk : holding(partition, Keys.chunks(), isOfPage)) {
      List<Row> left = without(page, RowCodec.decode(chunk.bytes()));
      for (byte[] part : left.isEmpty() ? List.<byte[]>of() : RowCodec.encode(left)) {
        String key = Keys.chunk(Keys.arrival(chunk.sort()), Digest.of(List.of(part)));
        items.put(new Item(partition, key, "", part, chunk.expires()));
      }
      items.delete(partition, chunk.sort());
    }
  }

  /** The items with rows of a page. The hourly job sets aside what cannot be read. */
  private List<Item> holding(String partition, Keys.Range range, Predicate<Row> isOfPage) {
    List<Item> found = new ArrayList<>();
    items.scan(
        partition,
        range.from(),
        range.to(),
        true,
        item -> {
          try {
            if (RowCodec.decode(item.bytes()).stream().anyMatch(isOfPage)) {
              found.add(item);
            }
          } catch (IllegalArgumentException e) {
            // its content is unknown
          }
          return true;
        });
    return found;
  }

  /** Deletes what was replaced recently, ahead of its time to live. */
  private void deleteRetired(String site) {
    List<String> retired = new ArrayList<>();
    List<Keys.Range> ranges = new ArrayList<>();
    for (Group group : Group.values()) {
      ranges.add(Keys.parts(group, LocalDate.EPOCH, today));
    }
    ranges.add(Keys.sequences());
    for (Keys.Range range : ranges) {
      items.scan(
          site,
          range.from(),
          range.to(),
          true,
          item -> {
            if (item.expires() != 0) {
              retired.add(item.sort());
            }
            return true;
          });
    }
    retired.forEach(key -> items.delete(site, key));
  }
}
