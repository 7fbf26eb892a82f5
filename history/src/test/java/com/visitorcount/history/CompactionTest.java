package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CompactionTest {
  private static final LocalDate DAY = LocalDate.of(2026, 10, 14);
  private static final Instant NOON = midnight(DAY).plus(Duration.ofHours(12));
  private static final Instant CLOSING = midnight(DAY.plusDays(2)).plusSeconds(600);

  private final InMemoryItems items = new InMemoryItems();

  /** The first run over a table looks for what an earlier version has stored. */
  @BeforeEach
  void firstRun() {
    runHourly(items, NOON.minus(Duration.ofDays(30)), 1);
  }

  @Test
  void run_hourWithoutNews_isOneQuery() {
    arrive("example.com", NOON);
    runHourly(items, CLOSING, 6);
    Calls calls = new Calls(items);

    Compaction.Result result =
        new Compaction(calls).run(CLOSING.plus(Duration.ofDays(1)), CompactionTest::never);

    assertThat(result)
        .isEqualTo(new Compaction.Result(0, 0, 0, 0, 0, 0, 0, false, result.failures()));
    assertThat(calls.queries).isEqualTo(1);
    assertThat(calls.writes).isZero();
  }

  @Test
  void run_timeForFewOfManySites_closesAllOfThemInTurn() {
    for (int i = 0; i < 100; i++) {
      arrive("site-" + i + ".example", NOON);
    }

    Set<String> missed = new TreeSet<>();
    for (int hour = 0; hour < 10; hour++) {
      Compaction.Result result =
          new Compaction(items).run(CLOSING.plus(Duration.ofHours(hour)), after(10));
      missed.add(String.valueOf(result.missed()));
    }

    assertThat(missed).contains("90", "0");
    assertThat(closed()).hasSize(100);
  }

  @Test
  void run_dayThatKillsTheRun_comesLastTheNextTime() {
    for (int i = 0; i < 20; i++) {
      arrive("site-" + i + ".example", NOON);
    }
    for (int hour = 0; hour < 3; hour++) {
      try {
        new Compaction(killing(Set.of("site-0.example", "site-1.example")))
            .run(CLOSING.plus(Duration.ofHours(hour)), CompactionTest::never);
      } catch (Killed e) {
        // like an OutOfMemoryError or a timeout
      }
    }

    assertThat(closed()).hasSize(18).doesNotContain("site-0.example", "site-1.example");
  }

  @Test
  void run_dayThatFails_keepsNoOtherBack() {
    arrive("a.example", NOON);
    arrive("a.example", NOON.plus(Duration.ofDays(1)));
    arrive("b.example", NOON);
    items.put(new Item("a.example", Keys.summary(DAY), "1", new byte[] {99}, 0));
    items.put(
        new Item("a.example", Keys.part(Group.VISITS, DAY, "1", 0, 0), "1", new byte[] {99}, 0));

    Compaction.Result result =
        new Compaction(items).run(CLOSING.plus(Duration.ofDays(1)), CompactionTest::never);

    assertThat(result.failures()).containsOnlyKeys("a.example on " + DAY);
    assertThat(result.days()).isEqualTo(2);
  }

  @Test
  void run_chunkThatCannotBeRead_isSetAsideAndAllElseOfTheDayIsClosed() {
    arrive("a.example", NOON);
    String partition = Keys.openDay("a.example", DAY);
    Item unreadable = new Item(partition, "c#2026-10-14T12#bad", "", new byte[] {99, 1}, 9_999);
    items.put(unreadable);

    Compaction.Result first = new Compaction(items).run(CLOSING, CompactionTest::never);
    Compaction.Result second =
        new Compaction(items).run(CLOSING.plusSeconds(3_600), CompactionTest::never);

    assertThat(first.failures()).isEmpty();
    assertThat(first.somethingSetAside()).isTrue();
    assertThat(second.somethingSetAside()).as("until somebody has looked after it").isTrue();
    assertThat(ClosedRows.of(items, "a.example", DAY)).hasSize(5);
    assertThat(items.query(partition, "x#", "x#~", true))
        .containsExactly(
            new Item(partition, "x#" + unreadable.sort(), "", unreadable.content(), 0));
  }

  @Test
  void due_floodOfMadeUpSites_leavesHalfOfTheTimeToOthers() {
    for (int i = 0; i < 500; i++) {
      arrive("made-up-" + i + ".example", NOON);
    }
    for (int i = 0; i < 5; i++) {
      arrive("real-" + i + ".example", NOON);
      arrive("real-" + i + ".example", NOON.plus(Duration.ofDays(1)));
    }

    new Compaction(items).run(CLOSING, after(10));

    assertThat(closed()).filteredOn(site -> site.startsWith("real")).hasSize(5);
  }

  @Test
  void run_rowsThatComeAfterTheDayWasClosed_areTakenUpTheNextHour() {
    List<Row> rows = new Traffic("example.com", 1).day(DAY, 40);
    new Chunks(items).store(rows.subList(0, 30), NOON);
    runHourly(items, CLOSING, 8);
    Instant late = CLOSING.plus(Duration.ofDays(2));
    new Chunks(items).store(rows.subList(30, 40), late);

    new Compaction(items).run(late.plus(Duration.ofHours(1)), CompactionTest::never);

    assertThat(ClosedRows.of(items, "example.com", DAY)).hasSize(40);
  }

  @Test
  void run_dayOnWhichMoreArrivedAfterItsFirstClosing_isClosedAgainBeforeItIsStruckOff() {
    Chunks chunks = new Chunks(items);
    List<Row> rows = new Traffic("example.com", 1).day(DAY, 40);
    Instant late = CLOSING.plus(Duration.ofDays(2));
    chunks.store(rows.subList(0, 20), late);
    new Compaction(items).run(late.plusSeconds(60), CompactionTest::never);
    // under the listing of the same hour
    chunks.store(rows.subList(20, 40), late.plusSeconds(120));

    runHourly(items, late.plus(Duration.ofHours(1)), 4);

    assertThat(ClosedRows.of(items, "example.com", DAY)).hasSize(40);
    assertThat(listed()).isEmpty();
  }

  @Test
  void run_daysThatAnEarlierVersionStored_areListedAndClosed() {
    arrive("example.com", NOON);
    items.query(Keys.WORK, "!", "~", true).forEach(item -> items.delete(Keys.WORK, item.sort()));

    runHourly(items, CLOSING, 1);

    assertThat(closed()).containsExactly("example.com");
  }

  @Test
  void run_monthThatEndsWithDaysWithoutViews_isSummedAtTheNextClosing() {
    arrive("example.com", NOON);
    runHourly(items, CLOSING, 6);
    arrive("example.com", NOON.plus(Duration.ofDays(25)));

    runHourly(items, CLOSING.plus(Duration.ofDays(25)), 1);

    assertThat(items.query("example.com", "m#", "m#~", true))
        .extracting(Item::sort)
        .containsExactly("m#2026-10");
  }

  /** The figures that docs/operations.md states. */
  @Test
  void aViewOfAMadeUpSite_costsAFewUnitsInAll() {
    arrive("example.com", NOON.minus(Duration.ofDays(20)));
    runHourly(items, CLOSING.minus(Duration.ofDays(20)), 6);
    Calls calls = new Calls(items);

    new Chunks(calls).store(new Traffic("made-up.example", 3).day(DAY, 2).subList(0, 1), NOON);
    runHourly(calls, NOON, 24 * 14);

    System.out.printf(
        "a view of a made-up site: %d writes, %d queries beside the list's%n",
        calls.writes, calls.queries - 24 * 14);
    assertThat(closed()).contains("made-up.example");
    assertThat(calls.writes).isLessThanOrEqualTo(10);
    assertThat(calls.queries - 24 * 14).isLessThanOrEqualTo(10);
  }

  private void arrive(String site, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    new Chunks(items).store(new Traffic(site, 7).day(day, 5), at);
  }

  private static void runHourly(Items items, Instant from, int hours) {
    for (int hour = 0; hour < hours; hour++) {
      new Compaction(items).run(from.plus(Duration.ofHours(hour)), CompactionTest::never);
    }
  }

  private List<String> closed() {
    List<String> sites = new ArrayList<>();
    for (Item item : items.all()) {
      if (item.sort().equals(Keys.summary(DAY))) {
        sites.add(item.partition());
      }
    }
    return sites;
  }

  private List<Item> listed() {
    return items.query(Keys.WORK, "0", "~", true);
  }

  private static boolean never() {
    return false;
  }

  private static BooleanSupplier after(int days) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.getAndIncrement() >= days;
  }

  private Items killing(Set<String> sites) {
    return new ForwardingItems(items) {
      @Override
      public List<Item> query(String partition, String from, String to, boolean consistent) {
        if (sites.contains(partition)) {
          throw new Killed();
        }
        return super.query(partition, from, to, consistent);
      }
    };
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Counts calls to the store. */
  private static final class Calls extends ForwardingItems {
    private int queries;
    private int writes;

    Calls(Items items) {
      super(items);
    }

    @Override
    public void put(Item item) {
      writes++;
      super.put(item);
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      writes++;
      return super.putIf(item, knownRevision);
    }

    @Override
    public void delete(String partition, String sort) {
      writes++;
      super.delete(partition, sort);
    }

    @Override
    public void deleteIf(String partition, String sort, String knownRevision) {
      writes++;
      super.deleteIf(partition, sort, knownRevision);
    }

    @Override
    public List<Item> query(String partition, String from, String to, boolean consistent) {
      queries++;
      return super.query(partition, from, to, consistent);
    }

    @Override
    public void scan(
        String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
      queries++;
      super.scan(partition, from, to, consistent, receiver);
    }

    @Override
    public Optional<Item> first(String partition, String from, String to) {
      queries++;
      return super.first(partition, from, to);
    }
  }
}
