package com.visitorcount.history;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterState;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.column.PartCodec;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.ClosedDay;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.history.statistics.VisitRule;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * History adds up, whatever happens. More runs by hand: {@code mvn test -pl history -am
 * -Dtest=HistoryModelTest -Dsurefire.failIfNoSpecifiedTests=false -Dhistory.model.runs=100000}
 */
final class HistoryModelTest {
  private static final int RUNS = Integer.getInteger("history.model.runs", 60);
  private static final int STEPS = 300;

  /** Days with more rows than this are closed in pieces. */
  private static final int FEW_ROWS = 12;

  private static final int SITES = 12;
  private static final List<String> PAGES =
      IntStream.range(0, SITES).mapToObj(i -> "site-" + (char) ('a' + i) + ".example/").toList();

  /** Comes first among those that have waited equally long. */
  private static final String DEADLY = "site-a.example";

  @Test
  void history_afterEverythingThatCanHappen_isTheSetOfTheViewsThatArrived() {
    AtomicInteger rows = new AtomicInteger();
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger closedAgain = new AtomicInteger();
    AtomicInteger inPieces = new AtomicInteger();
    AtomicInteger engaged = new AtomicInteger();
    LongStream.range(0, RUNS)
        .parallel()
        .forEach(
            seed -> {
              String run = "seed " + seed;
              World world = new World(seed, seed % 6 == 0 ? FEW_ROWS : ClosedDays.MAX_ROWS);
              world.happen(STEPS);
              world.settle();
              inPieces.addAndGet(world.daysInPieces());
              List<Row> stored = new ArrayList<>();
              for (Set<Row> truth : byDay(world.attempted()).values()) {
                closedAgain.addAndGet(checkDay(run, world, truth, stored, engaged));
              }
              assertThat(stored)
                  .as(run)
                  .extracting(Row::name)
                  .containsAll(world.delivered().stream().map(Row::name).toList());
              for (Map.Entry<PageId, World.Counter> page : world.counters().entrySet()) {
                lost.addAndGet(
                    checkConsistency(run, world, stored, page.getKey(), page.getValue()));
              }
              rows.addAndGet(stored.size());
              assertThatOnceMoreChangesNothing(run, world);
              assertThatNoTokenIsLeft(run, world);
            });
    System.out.printf(
        "%d runs, %s rows, %s views lost and all of them known, %s days closed more than once,"
            + " %s in pieces; the engagement of %s views is what all messages say%n",
        RUNS, rows, lost, closedAgain, inPieces, engaged);
    assertThat(engaged).hasPositiveValue();
    assertThat(inPieces).hasPositiveValue();
    assertThat(lost).hasPositiveValue();
    assertThat(closedAgain).hasPositiveValue();
  }

  @Test
  void history_thatAddsInsteadOfUniting_isWrong() {
    int wrong = 0;
    for (long seed = 0; seed < 30; seed++) {
      World world = new World(seed);
      world.happen(STEPS);
      world.settle();
      wrong += world.rowsAdded() == world.delivered().size() ? 0 : 1;
    }

    System.out.printf("twin that adds: wrong in %d of 30 runs%n", wrong);
    assertThat(wrong).isGreaterThan(27);
  }

  @Test
  void history_ofManySitesOfWhichOneKillsEachRun_closesTheOthersAndLaterThatOne() {
    AtomicInteger days = new AtomicInteger();
    LongStream.range(0, (RUNS + 4) / 5)
        .parallel()
        .forEach(
            seed -> {
              String run = "many sites, seed " + seed;
              World world = new World(seed, seed % 6 == 0 ? FEW_ROWS : ClosedDays.MAX_ROWS, PAGES);
              world.happen(STEPS);
              int siteDays = byDay(world.attempted()).size();
              // each run closes at least one day besides the one that kills it
              world.settleBeside(DEADLY, true, siteDays + 5, 3);
              assertThat(openDays(world, site -> !site.equals(DEADLY))).as(run).isEmpty();
              assertThat(openDays(world, DEADLY::equals)).as(run).isNotEmpty();

              world.settle();

              List<Row> stored = new ArrayList<>();
              for (Set<Row> truth : byDay(world.attempted()).values()) {
                checkDay(run, world, truth, stored, new AtomicInteger());
              }
              assertThat(stored)
                  .as(run)
                  .extracting(Row::name)
                  .containsAll(world.delivered().stream().map(Row::name).toList());
              days.addAndGet(siteDays);
              assertThatOnceMoreChangesNothing(run, world);
            });
    System.out.printf("%s days of %d sites, one of them deadly%n", days, SITES);
  }

  @Test
  void history_withoutNotesOfWhatWasBegun_isKeptFromClosingByOneSite() {
    int starved = 0;
    for (long seed = 0; seed < 20; seed++) {
      World world = new World(seed, ClosedDays.MAX_ROWS, PAGES);
      world.happen(STEPS);
      world.settleBeside(DEADLY, false, byDay(world.attempted()).size() + 5, 3);
      starved += openDays(world, site -> !site.equals(DEADLY)).isEmpty() ? 0 : 1;
    }

    System.out.printf("twin without notes: some site starves in %d of 20 runs%n", starved);
    assertThat(starved).isGreaterThan(15);
  }

  /** Days of some sites with rows that are not closed. */
  private static List<String> openDays(World world, Predicate<String> sites) {
    return byDay(world.delivered()).values().stream()
        .map(rows -> rows.iterator().next())
        .filter(row -> sites.test(row.page().site()))
        .filter(row -> ClosedRows.of(world.items, row.page().site(), row.day()) == null)
        .map(row -> row.page().site() + " " + row.day())
        .toList();
  }

  private static Map<String, Set<Row>> byDay(Collection<Row> rows) {
    return rows.stream().collect(groupingBy(row -> row.page().site() + row.day(), toSet()));
  }

  /** Whether the day was closed more than once. */
  private static int checkDay(
      String run, World world, Set<Row> truth, List<Row> allStored, AtomicInteger engaged) {
    Row any = truth.iterator().next();
    String site = any.page().site();
    LocalDate day = any.day();
    List<Row> storedWithMessages = world.stored(site, day);
    List<Row> stored = withoutMessages(storedWithMessages);
    allStored.addAll(stored);
    Map<Row.Name, Row> byName = new HashMap<>();
    truth.forEach(row -> byName.put(row.name(), row));
    assertThat(stored)
        .as("%s, %s on %s", run, site, day)
        .extracting(Row::name)
        .doesNotHaveDuplicates()
        .allMatch(byName::containsKey);
    for (Row row : stored) {
      assertThat(row.facts()).as(run).isEqualTo(byName.get(row.name()).facts());
      assertThat(row.event()).as(run).isEqualTo(byName.get(row.name()).event());
    }
    if (stored.isEmpty()) {
      return 0;
    }
    assertThat(ClosedRows.of(world.items, site, day)).as("%s is closed", run).isNotNull();
    checkSummary(run, world, site, day, storedWithMessages);
    List<Row> messages =
        world.attemptedMessages().stream()
            .filter(row -> row.page().site().equals(site) && row.day().equals(day))
            .toList();
    List<Row> engagements = storedWithMessages.stream().filter(Row::isMessage).toList();
    checkThatSomebodySaidIt(run, byName, stored, engagements, messages);
    Collection<Set<Row.Name>> visitors =
        visitors(stored.stream().map(row -> byName.get(row.name())).toList());
    if (world.closings(site, day) > 1) {
      // late rows have visitors of their own
      assertThat(visitors(stored))
          .as(run)
          .allMatch(some -> visitors.stream().anyMatch(all -> all.containsAll(some)));
      return 1;
    }
    assertThat(visitors(stored)).as(run).containsExactlyInAnyOrderElementsOf(visitors);
    boolean allKnown = messages.stream().allMatch(world::mustKnow);
    if (allKnown) {
      engaged.addAndGet(checkThatAllIsSaid(run, byName, stored, engagements, messages));
    }
    List<Row> open = new OpenDay(world.items, site, day).rowsOfHoursAndChunks(Integer.MAX_VALUE);
    // some chunks of the first days have expired by now
    if (withoutMessages(open).size() == stored.size()) {
      assertThat(summary(withoutMessages(open))).as(run).isEqualTo(summary(stored));
      if (allKnown && open.stream().filter(Row::isMessage).count() == messages.size()) {
        assertThat(summary(open)).as(run).isEqualTo(summary(storedWithMessages));
      }
    }
    return 0;
  }

  private static List<Row> withoutMessages(List<Row> rows) {
    return rows.stream().filter(row -> !row.isMessage()).toList();
  }

  /** Each number of a view comes from a later message by its visitor about its page. */
  private static void checkThatSomebodySaidIt(
      String run,
      Map<Row.Name, Row> truth,
      List<Row> stored,
      List<Row> engagements,
      List<Row> messages) {
    for (Row said : engagements) {
      Row view = viewOf(said, stored);
      String visitor = truth.get(view.name()).visitor();
      List<Engagement> possible =
          messages.stream()
              .filter(message -> isAbout(message, view, visitor))
              .map(Row::engagement)
              .toList();
      assertThat(possible)
          .as(run)
          .anyMatch(each -> each.seconds() == said.engagement().seconds())
          .anyMatch(each -> each.scrollPercent() == said.engagement().scrollPercent());
    }
  }

  /**
   * Each message is about the latest view of its page by its visitor up to its sequence, and the
   * largest numbers about a view count.
   *
   * @return views with engagement
   */
  private static int checkThatAllIsSaid(
      String run,
      Map<Row.Name, Row> truth,
      List<Row> stored,
      List<Row> engagements,
      List<Row> messages) {
    Map<Row.Name, Engagement> expected = new HashMap<>();
    for (Row message : messages) {
      List<Row> views =
          stored.stream()
              .filter(view -> isAbout(message, view, truth.get(view.name()).visitor()))
              .sorted(Comparator.comparingLong(Row::sequence).reversed())
              .toList();
      if (views.size() > 1 && views.get(0).sequence() == views.get(1).sequence()) {
        // the counter was set back, so the latest view is ambiguous
        return 0;
      }
      if (!views.isEmpty()) {
        expected.merge(views.get(0).name(), message.engagement(), Engagement::max);
      }
    }
    Map<Row.Name, Engagement> actual = new HashMap<>();
    engagements.forEach(said -> actual.put(viewOf(said, stored).name(), said.engagement()));
    assertThat(actual).as(run).isEqualTo(expected);
    return actual.size();
  }

  private static boolean isAbout(Row message, Row view, String visitor) {
    return message.page().equals(view.page())
        && message.bornMillis() == view.bornMillis()
        && message.visitor().equals(visitor)
        && message.sequence() >= view.sequence();
  }

  private static Row viewOf(Row said, List<Row> stored) {
    return stored.stream()
        .filter(
            view ->
                view.page().equals(said.page())
                    && view.bornMillis() == said.bornMillis()
                    && view.sequence() == said.sequence()
                    && view.second() == said.second())
        .findFirst()
        .orElseThrow();
  }

  private static byte[] summary(List<Row> rows) {
    return Summary.of(Part.of(rows, VisitRule.CURRENT)).encode();
  }

  private static void checkSummary(
      String run, World world, String site, LocalDate day, List<Row> storedWithMessages) {
    ClosedDay closed = new StoredHistory(world.items, world.clock()).days(site, day, day).get(day);
    assertThat(closed.summary().encode()).as(run).isEqualTo(summary(storedWithMessages));
    Summary summary = closed.summary();
    List<Row> stored = withoutMessages(storedWithMessages);
    long events = stored.stream().filter(row -> row.page().isEvent()).count();
    assertThat(summary.totals().events()).as(run).isEqualTo(events);
    assertThat(summary.totals().views()).as(run).isEqualTo(stored.size() - events);
    for (Dimension dimension : Dimension.values()) {
      Split split = summary.split(dimension);
      if (split != null) {
        long rows = split.values().values().stream().mapToLong(Totals::rows).sum();
        assertThat(rows).as("%s, %s", run, dimension).isEqualTo(stored.size());
      }
    }
  }

  /** The rows of each visitor. */
  private static Collection<Set<Row.Name>> visitors(Collection<Row> rows) {
    return rows.stream()
        .filter(row -> !row.visitor().isEmpty())
        .collect(groupingBy(Row::visitor, mapping(Row::name, toSet())))
        .values();
  }

  /** The number of lost views of the page. */
  private static int checkConsistency(
      String run, World world, List<Row> stored, PageId page, World.Counter counter) {
    TreeSet<Long> sequences = new TreeSet<>();
    int rows = 0;
    for (Row row : stored) {
      if (row.page().equals(page) && row.bornMillis() == counter.born) {
        sequences.add(row.sequence());
        rows++;
      }
    }
    long views = counter.views;
    sequences.removeIf(sequence -> sequence > views);
    long before = counter.base == null ? views : Math.min(views, counter.base);
    before = sequences.isEmpty() ? before : Math.min(before, sequences.first() - 1);
    long lost = views - before - sequences.size();

    ConsistencyReport report =
        new ConsistencyCheck(world.items, world.clock())
            .of(
                page,
                () ->
                    new CounterState(
                        BigInteger.valueOf(views),
                        counter.born,
                        counter.base == null ? null : BigInteger.valueOf(counter.base),
                        0),
                new UnreadableItems());

    assertThat(report.rows()).as(run).isEqualTo(rows);
    assertThat(report.lost()).as(run).isEqualTo(lost);
    assertThat(report.beforeHistory()).as(run).isEqualTo(before);
    assertThat(report.beforeHistoryKnown()).as(run).isEqualTo(counter.base != null);
    if (counter.base != null && !counter.wasSetBack) {
      assertThat(before).as(run).isEqualTo(counter.base);
    }
    assertThat(report.surplus()).as(run).isEqualTo(rows - sequences.size());
    assertThat(report.addsUp()).as(run).isEqualTo(!counter.wasSetBack || rows == sequences.size());
    assertThat(rows - report.surplus().longValue() + lost + before).as(run).isEqualTo(views);
    return (int) lost;
  }

  private static void assertThatOnceMoreChangesNothing(String run, World world) {
    List<Item> before = world.items.all();
    world.strikeAgain();
    assertThat(new HashSet<>(world.items.all())).as(run).isEqualTo(new HashSet<>(before));
  }

  private static void assertThatNoTokenIsLeft(String run, World world) {
    world.items.expire(world.now().plusSeconds(8 * 86_400).getEpochSecond());
    assertThat(world.items.all())
        .as(run)
        .noneMatch(item -> item.sort().startsWith("c#") || item.sort().startsWith("h#"));
    for (Item item : world.items.all()) {
      if (item.sort().startsWith("d#")) {
        assertThat(PartCodec.decode(Map.of(Group.VISITS, item.bytes())).toRows(0))
            .as(run)
            .allMatch(row -> row.visitor().length() < 8);
      }
    }
  }
}
