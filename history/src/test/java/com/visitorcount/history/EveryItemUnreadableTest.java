package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.counter.CounterState;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.UnreadableDayException;
import com.visitorcount.history.statistics.UnreadableItems;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks each stored item in turn: every question is still answered. */
final class EveryItemUnreadableTest {
  private static final String SITE = "example.com";
  private static final LocalDate OPEN = LocalDate.of(2026, 11, 3);
  private static final Instant NOW = OPEN.atTime(13, 20).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /**
   * One day with several groups, one with a single item, one as older versions wrote it, one open.
   */
  private static final LocalDate LARGE = LocalDate.of(2026, 10, 30);

  private static final LocalDate SMALL = LocalDate.of(2026, 10, 31);
  private static final LocalDate OLD = LocalDate.of(2026, 10, 29);
  private static final Set<Attribute> ATTRIBUTES =
      Arrays.stream(Dimension.values())
          .filter(dimension -> dimension != Dimension.PROPERTY)
          .map(Attribute::of)
          .collect(Collectors.toSet());
  private static final List<Row> ROWS = rows();
  private static final InMemoryItems STORED = stored();

  private enum Damage {
    NEWER_VERSION,
    CUT_IN_HALF,
    EMPTIED;

    byte[] of(byte[] content) {
      byte[] bytes = content.clone();
      switch (this) {
        case NEWER_VERSION -> bytes[0] = 99;
        case CUT_IN_HALF -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
        case EMPTIED -> bytes = new byte[0];
      }
      return bytes;
    }
  }

  private static List<Row> rows() {
    Traffic traffic = new Traffic(SITE, 1);
    return Stream.of(
            traffic.day(OLD, 50),
            traffic.day(LARGE, 7_500),
            traffic.day(SMALL, 50),
            traffic.day(OPEN, 200))
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void question_withEachItemBrokenInTurn_isAnsweredByAllElse(Damage damage) {
    Map<String, Object> whole = answers(STORED, new UnreadableItems());
    Map<String, Integer> broken = new TreeMap<>();
    for (Item item : STORED.all()) {
      InMemoryItems items = copy();
      items.put(
          new Item(item.partition(), item.sort(), item.revision(), damage.of(item.bytes()), 0));
      UnreadableItems unreadable = new UnreadableItems();

      Map<String, Object> answers = answers(items, unreadable);

      broken.merge(item.sort().substring(0, 2), 1, Integer::sum);
      if (unreadable.days().isEmpty()) {
        assertThat(answers).as("%s of %s", damage, item.name()).isEqualTo(whole);
      } else {
        assertThat(unreadable.days()).as(item.name()).containsExactly(dayOf(item));
        assertThat(answers).as(item.name()).isNotEqualTo(whole);
      }
      // what is cut off may be irrelevant
      if (isAskedFor(item) && damage == Damage.NEWER_VERSION) {
        assertThat(unreadable.named())
            .as("%s of %s", damage, item.name())
            .isNotEmpty()
            .allMatch(each -> each.item().contains(SITE));
        boolean isReplaced = item.sort().matches("[smh]#.*");
        assertThat(unreadable.days().isEmpty()).as(item.name()).isEqualTo(isReplaced);
      }
    }
    assertThat(broken.keySet()).contains("d#", "t#", "p#", "q#", "s#", "m#", "h#", "c#");
  }

  @Test
  void question_withAPartMissing_isAnsweredByAllElse() {
    InMemoryItems items = copy();
    Item part = items.query(SITE, "p#" + LARGE, "p#" + LARGE + "~", true).get(0);
    items.delete(SITE, part.sort());
    UnreadableItems unreadable = new UnreadableItems();

    answers(items, unreadable);

    assertThat(unreadable.days()).containsExactly(LARGE);
    assertThat(unreadable.named()).anyMatch(item -> item.item().endsWith(part.sort()));
  }

  @Test
  void close_againBesideAPartThatCannotBeRead_isRefusedAndLosesNothing() {
    InMemoryItems items = copy();
    Item part = items.query(SITE, "p#" + LARGE, "p#" + LARGE + "~", true).get(0);
    items.put(new Item(SITE, part.sort(), part.revision(), new byte[] {99}, 0));
    new Chunks(items).store(new Traffic(SITE, 9).day(LARGE, 5), NOW);
    Set<Item> before = Set.copyOf(items.all());

    assertThatThrownBy(() -> new ClosedDays(items, SITE).close(LARGE, 1))
        .isInstanceOf(UnreadableDayException.class)
        .hasMessage("d#" + LARGE + part.sort().substring(part.sort().indexOf('#', 2)));
    assertThat(Set.copyOf(items.all())).isEqualTo(before);
  }

  private static LocalDate dayOf(Item item) {
    String key = item.partition().equals(SITE) ? item.sort() : item.partition();
    int at = key.indexOf('#') + 1;
    return LocalDate.parse(key.substring(at, at + 10));
  }

  /** No question needs identities, or a chunk that has an hour. */
  private static boolean isAskedFor(Item item) {
    return !item.sort().startsWith("i#")
        && (!item.sort().startsWith("c#")
            || Keys.arrival(item.sort()).compareTo(ArrivalHour.of(NOW)) >= 0);
  }

  private static InMemoryItems copy() {
    InMemoryItems items = new InMemoryItems();
    STORED.all().forEach(items::put);
    return items;
  }

  private static InMemoryItems stored() {
    InMemoryItems items = new InMemoryItems();
    ClosedDays closed = new ClosedDays(items, SITE);
    for (LocalDate day : List.of(LARGE, SMALL)) {
      new Chunks(items).store(of(day), day.atTime(23, 0).toInstant(ZoneOffset.UTC));
      closed.close(day, 0);
    }
    oldDay(items);
    new Months(items, SITE).sum(YearMonth.from(OLD));
    items.expire(NOW.plusSeconds(30 * 86_400L).getEpochSecond());
    List<Row> open = of(OPEN);
    Chunks chunks = new Chunks(items);
    chunks.store(open.subList(0, 70), NOW.minusSeconds(7_200));
    chunks.store(open.subList(70, 130), NOW.minusSeconds(3_600));
    new OpenDay(items, SITE, OPEN).compact(ArrivalHour.of(NOW));
    chunks.store(open.subList(130, open.size()), NOW);
    keepOnlyHistory(items);
    return items;
  }

  /** Rows in two items, and a summary of the current version. */
  private static void oldDay(InMemoryItems items) {
    List<Row> rows = Rows.withNumberedVisitors(of(OLD));
    new Chunks(items).store(of(OLD), OLD.atTime(23, 0).toInstant(ZoneOffset.UTC));
    ClosedDays closed = new ClosedDays(items, SITE);
    closed.close(OLD, 0);
    Item summary = items.query(SITE, Keys.summary(OLD), Keys.summary(OLD), true).get(0);
    items
        .query(SITE, "d#" + OLD, "d#" + OLD + "~", true)
        .forEach(i -> items.delete(SITE, i.sort()));
    List<List<Row>> halves = List.of(rows.subList(0, 30), rows.subList(30, rows.size()));
    for (int i = 0; i < halves.size(); i++) {
      String key = Keys.part(Group.VISITS, OLD, "old", i, 0);
      items.put(new Item(SITE, key, "old", RowCodec.encode(halves.get(i)).get(0), 0));
    }
    for (Item ledger : items.query(SITE, "q#" + OLD, "q#" + OLD + "~", true)) {
      items.delete(SITE, ledger.sort());
      items.put(new Item(SITE, Keys.sequences(OLD, "old", 0), "old", ledger.bytes(), 0));
    }
    items.put(new Item(SITE, summary.sort(), "old", summary.bytes(), 0));
  }

  private static void keepOnlyHistory(InMemoryItems items) {
    items.all().stream()
        .filter(item -> item.partition().startsWith("#"))
        .forEach(item -> items.delete(item.partition(), item.sort()));
  }

  private static List<Row> of(LocalDate day) {
    return Rows.union(List.of(ROWS.stream().filter(row -> row.day().equals(day)).toList()));
  }

  private static Map<String, Object> answers(InMemoryItems items, UnreadableItems unreadable) {
    Statistics statistics = new Statistics(new StoredHistory(items, CLOCK, unreadable), CLOCK);
    Map<String, Object> answers = new LinkedHashMap<>();
    Filter filter = new Filter(Dimension.PAGE, List.of("/**-1*"), false);
    for (Question question :
        List.of(
            new Question(SITE, OLD.minusDays(28), OPEN, ZoneOffset.UTC, List.of()),
            new Question(SITE, OLD, OPEN, ZoneId.of("Europe/Berlin"), List.of(filter)))) {
      answers.put("totals " + question, statistics.aggregate(question));
      answers.put("days " + question, statistics.series(question, Interval.DAY));
      answers.put("splits " + question, statistics.splits(question, ATTRIBUTES));
      answers.put("countries " + question, statistics.split(question, Dimension.COUNTRY));
    }
    Question month =
        new Question(SITE, LocalDate.of(2026, 10, 1), SMALL, ZoneOffset.UTC, List.of());
    answers.put("month", statistics.aggregate(month));
    answers.put("first", statistics.firstDay(SITE));
    answers.put("online", statistics.online(SITE));
    ConsistencyCheck check = new ConsistencyCheck(items, CLOCK);
    for (Row row : List.of(of(OPEN).get(0), of(OLD).get(0))) {
      CounterState state =
          new CounterState(
              BigInteger.valueOf(5_000), row.bornMillis(), BigInteger.ZERO, NOW.toEpochMilli());
      answers.put("verify " + row.page(), check.of(row.page(), () -> state, unreadable));
    }
    return answers;
  }
}
