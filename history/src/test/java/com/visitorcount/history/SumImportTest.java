package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.DaySums;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SumImportTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 10, 30);
  private static final Instant NOW = DAY.plusDays(4).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final UnreadableItems notes = new UnreadableItems();

  @Test
  void put_besideRows_isInAllNumbersWithoutFilter() {
    InMemoryItems items = closed(RandomRows.day(new Random(2), DAY, 20));
    Totals rows = aggregate(items, ZoneOffset.UTC);
    byte[] before = summary(items);

    for (int i = 0; i < 2; i++) {
      importer(items).put(SITE, DAY, sums(100));
      importer(items).sumMonth(SITE, YearMonth.from(DAY));
    }

    assertThat(aggregate(items, ZoneOffset.UTC)).isEqualTo(rows.plus(totals(100)));
    assertThat(split(items, Dimension.PAGE, ZoneOffset.UTC)).containsKey("/imported");
    assertThat(split(items, Dimension.CHANNEL, ZoneOffset.UTC)).containsKey("Organic Search");
    assertThat(notes.summedDays()).isEmpty();

    Question filtered =
        new Question(
            SITE,
            DAY,
            DAY,
            ZoneOffset.UTC,
            List.of(new Filter(Dimension.BROWSER, List.of("Chrome"), false)));
    assertThat(statistics(items).aggregate(filtered).views()).isLessThanOrEqualTo(rows.views());
    assertThat(notes.summedDays()).containsExactly(DAY);
    assertThat(notes.days()).isEmpty();

    importer(items).put(SITE, DAY, sums(7));
    assertThat(aggregate(items, ZoneOffset.UTC)).isEqualTo(rows.plus(totals(7)));
    assertThat(importer(items).days(SITE)).containsExactly(DAY);
    importer(items).put(SITE, DAY, null);
    assertThat(summary(items)).isEqualTo(before);
    assertThat(importer(items).days(SITE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata"})
  void put_dayWithoutRows_isThatDayInTheZone(String zone) {
    InMemoryItems items = new InMemoryItems();
    ZoneId id = ZoneId.of(zone);

    importer(items).put(SITE, DAY.minusDays(1), sums(30));
    importer(items).put(SITE, DAY, sums(10));

    assertThat(aggregate(items, id)).isEqualTo(totals(10));
    assertThat(split(items, Dimension.PAGE, id).get("/imported")).isEqualTo(totals(10));
    assertThat(split(items, Dimension.COUNTRY, id)).isEqualTo(Map.of("", totals(10)));
    assertThat(
            statistics(items)
                .series(new Question(SITE, DAY.minusDays(1), DAY, id, List.of()), Interval.DAY))
        .extracting(Point::totals)
        .containsExactly(totals(30), totals(10));
    assertThat(notes.summedDays()).isEmpty();
    assertThat(split(items, Dimension.HOUR, id)).isEmpty();
    assertThat(notes.summedDays()).contains(DAY);
  }

  @Test
  void close_lateRows_keepsSums() {
    InMemoryItems items = new InMemoryItems();
    List<Row> ours = RandomRows.day(new Random(2), DAY, 20);
    importer(items).put(SITE, DAY, sums(10));

    new Chunks(items).store(ours, NOW.minusSeconds(4 * 86_400));
    new Compaction(items).run(NOW, () -> false);

    InMemoryItems rowsAlone = closed(ours);
    assertThat(aggregate(items, ZoneOffset.UTC))
        .isEqualTo(aggregate(rowsAlone, ZoneOffset.UTC).plus(totals(10)));
    importer(items).put(SITE, DAY, null);
    assertThat(summary(items)).isEqualTo(summary(rowsAlone));
  }

  @Test
  void forget_pageAndDays_areGoneFromSums() {
    InMemoryItems items = new InMemoryItems();
    importer(items).put(SITE, DAY, sums(10));
    Forgetting forgetting = new Forgetting(items, NOW);

    forgetting.page(PageId.of("example.com/imported"));
    assertThat(split(items, Dimension.PAGE, ZoneOffset.UTC)).isEqualTo(Map.of("", totals(10)));

    forgetting.days(SITE, DAY, DAY);
    assertThat(aggregate(items, ZoneOffset.UTC)).isEqualTo(Totals.NONE);
    importer(items).put(SITE, DAY, null);
    assertThat(aggregate(items, ZoneOffset.UTC)).isEqualTo(Totals.NONE);
    assertThat(items.query(SITE, "n#", "n#~", true)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "INTERRUPTED", mode = EnumSource.Mode.EXCLUDE)
  void put_troubleAtAnyCallAndAgain_isTheSame(Trouble trouble) {
    InMemoryItems before = closed(RandomRows.day(new Random(2), DAY, 8));
    InMemoryItems untroubled = before.copy();
    importer(untroubled).put(SITE, DAY, sums(5));
    for (int call = 1; ; call++) {
      InMemoryItems items = before.copy();
      TroubledItems troubled = new TroubledItems(items, call, trouble, () -> {});
      try {
        importer(troubled).put(SITE, DAY, sums(5));
      } catch (StoreUnavailableException | Killed e) {
        // the user imports again
      }
      importer(items).put(SITE, DAY, sums(5));

      assertThat(set(items)).as("%s at call %d", trouble, call).isEqualTo(set(untroubled));
      if (!troubled.happened()) {
        assertThat(call).isGreaterThan(6);
        return;
      }
    }
  }

  @Test
  void build_sumsThatDoNotFit_canBeStored() {
    Random random = new Random(4);
    Set<Dimension> known = EnumSet.allOf(Dimension.class);
    known.removeAll(
        Set.of(Dimension.GOAL, Dimension.PROPERTY, Dimension.PROPERTY_NAMES, Dimension.HOUR));
    for (int i = 0; i < 100; i++) {
      DaySums sums = new DaySums();
      sums.addAll(new Totals(0, 0, 0, 0, 0, 1));
      for (int j = random.nextInt(4); j >= 0; j--) {
        sums.addAll(random(random));
        for (Dimension dimension : known) {
          sums.add(dimension, "v" + random.nextInt(3), random(random));
        }
      }

      Summary summary = sums.build(known);

      Summary stored = Summary.decode(summary.encode());
      assertThat(stored.totals()).isEqualTo(summary.totals());
      for (Dimension dimension : known) {
        assertThat(stored.split(dimension)).isEqualTo(summary.split(dimension));
      }
    }
  }

  private static Totals random(Random random) {
    int visits = random.nextInt(20);
    return new Totals(
        random.nextInt(30),
        random.nextInt(25),
        visits,
        random.nextInt(visits + 1),
        random.nextInt(900),
        random.nextInt(3) * (long) random.nextInt(5));
  }

  private static Totals totals(int views) {
    return new Totals(views, 3, 4, 2, 60, 0);
  }

  private static Summary sums(int views) {
    DaySums sums = new DaySums();
    sums.addAll(totals(views));
    sums.add(Dimension.PAGE, PageId.of("example.com/imported"), totals(views));
    sums.addSource("", "google.com", Campaign.NONE, new Totals(2, 1, 1, 0, 5, 0));
    Set<Dimension> known = EnumSet.of(Dimension.PAGE, Dimension.COUNTRY, Dimension.BROWSER);
    known.addAll(DaySums.ofSources());
    return sums.build(known);
  }

  private Statistics statistics(Items items) {
    return new Statistics(new StoredHistory(items, CLOCK, notes), CLOCK);
  }

  private Totals aggregate(Items items, ZoneId zone) {
    return statistics(items).aggregate(new Question(SITE, DAY, DAY, zone, List.of()));
  }

  private Map<String, Totals> split(Items items, Dimension dimension, ZoneId zone) {
    return statistics(items)
        .split(new Question(SITE, DAY, DAY, zone, List.of()), dimension)
        .values();
  }

  private static InMemoryItems closed(List<Row> rows) {
    InMemoryItems items = new InMemoryItems();
    new Chunks(items).store(rows, NOW.minusSeconds(4 * 86_400));
    new Compaction(items).run(NOW, () -> false);
    return items;
  }

  private static SumImport importer(Items items) {
    return new SumImport(items, "plausible", NOW);
  }

  private static byte[] summary(InMemoryItems items) {
    String key = Keys.summary(DAY);
    return items.query(SITE, key, key, true).get(0).bytes();
  }

  private static Set<Item> set(InMemoryItems items) {
    return new HashSet<>(items.all());
  }
}
