package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A day closed in pieces is the same as one closed at once. */
final class LargeDayTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 10, 31);
  private static final Instant CLOSING = DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);
  private static final List<Row> ROWS = new Traffic(SITE, 1).day(DAY, 2_000);
  private static final int MAX_ROWS = 150;

  private final InMemoryItems items = new InMemoryItems();

  @Test
  void close_inPieces_answersAsOneDoes() {
    InMemoryItems whole = new InMemoryItems();
    arrive(whole, ROWS);
    new ClosedDays(whole, SITE).close(DAY, 1);
    arrive(items, ROWS);

    assertThat(new ClosedDays(items, SITE, MAX_ROWS).close(DAY, 1)).isTrue();

    assertThat(StoredParts.segments(revision())).hasSize(16);
    assertThat(answers(items)).isEqualTo(answers(whole));
    assertThat(summary(items).bytes()).isEqualTo(summary(whole).bytes());
    assertThat(names(ClosedRows.of(items, SITE, DAY))).isEqualTo(names(ROWS));
  }

  @Test
  void close_withTimeForOnePieceARun_writesNothingTwice() {
    InMemoryItems atOnce = new InMemoryItems();
    arrive(atOnce, ROWS);
    new ClosedDays(atOnce, SITE, MAX_ROWS).close(DAY, 1);
    arrive(items, ROWS);
    Map<String, Integer> writes = new HashMap<>();
    Items noted =
        new ForwardingItems(items) {
          @Override
          public void put(Item item) {
            writes.merge(item.name(), 1, Integer::sum);
            super.put(item);
          }
        };

    int runs = 0;
    ClosedDays.Outcome outcome;
    do {
      runs++;
      int[] asked = {0};
      outcome = new ClosedDays(noted, SITE, MAX_ROWS).close(DAY, 1, () -> asked[0]++ > 0);
    } while (outcome == ClosedDays.Outcome.UNFINISHED);

    assertThat(runs).isGreaterThan(16);
    assertThat(outcome).isEqualTo(ClosedDays.Outcome.WRITTEN);
    assertThat(writes.values()).containsOnly(1);
    assertThat(new HashSet<>(items.all())).isEqualTo(new HashSet<>(atOnce.all()));
  }

  @Test
  void close_againWithLateRows_writesOnlyTheirSegments() {
    List<Row> late = new Traffic(SITE, 7).day(DAY, 3);
    arrive(items, ROWS);
    ClosedDays days = new ClosedDays(items, SITE, MAX_ROWS);
    days.close(DAY, 1);
    List<String> before = StoredParts.segments(revision());
    new Chunks(items).store(late, CLOSING);

    assertThat(days.close(DAY, 1)).isTrue();

    List<String> after = new ArrayList<>(StoredParts.segments(revision()));
    assertThat(after).hasSameSizeAs(before);
    after.removeAll(before);
    assertThat(after).hasSizeBetween(1, 3);
    Set<Row.Name> all = names(ROWS);
    all.addAll(names(late));
    assertThat(names(ClosedRows.of(items, SITE, DAY))).isEqualTo(all);
    assertThat(days.close(DAY, 1)).isFalse();
  }

  @Test
  void close_againWhenItHasBecomeLarge_keepsWhatWasClosed() {
    List<Row> first = ROWS.subList(0, 100);
    arrive(items, first);
    ClosedDays days = new ClosedDays(items, SITE, MAX_ROWS);
    days.close(DAY, 1);
    String known = revision();
    arrive(items, ROWS);

    assertThat(days.close(DAY, 1)).isTrue();

    assertThat(revision()).startsWith(known + "+");
    assertThat(names(ClosedRows.of(items, SITE, DAY))).isEqualTo(names(ROWS));
    new Chunks(items).store(new Traffic(SITE, 7).day(DAY, 3), CLOSING);
    assertThat(days.close(DAY, 1)).isTrue();
    assertThat(ClosedRows.of(items, SITE, DAY).size()).isGreaterThan(ROWS.size());
    assertThat(revision()).startsWith(known + "+");
  }

  private static void arrive(InMemoryItems items, List<Row> rows) {
    Chunks chunks = new Chunks(items);
    for (int from = 0; from < rows.size(); from += 90) {
      List<Row> some = rows.subList(from, Math.min(rows.size(), from + 90));
      Instant at = Instant.ofEpochSecond(some.get(some.size() - 1).second());
      assertThat(chunks.store(some, at).unstored()).isEmpty();
    }
  }

  private String revision() {
    return summary(items).revision();
  }

  private static Item summary(InMemoryItems items) {
    return items.query(SITE, Keys.summary(DAY), Keys.summary(DAY), true).get(0);
  }

  private static Set<Row.Name> names(List<Row> rows) {
    Set<Row.Name> names = new HashSet<>();
    rows.forEach(row -> assertThat(names.add(row.name())).isTrue());
    return names;
  }

  private static Map<String, Object> answers(InMemoryItems items) {
    Clock clock = Clock.fixed(CLOSING, ZoneOffset.UTC);
    Statistics statistics = new Statistics(new StoredHistory(items, clock), clock);
    Map<String, Object> answers = new HashMap<>();
    Filter filter = new Filter(Dimension.COUNTRY, List.of("DE", "US"), false);
    for (LocalDate first : List.of(DAY, DAY.minusDays(1))) {
      Question question =
          new Question(SITE, first, DAY, ZoneId.of("Europe/Berlin"), List.of(filter));
      answers.put("totals " + first, statistics.aggregate(question));
      answers.put("hours " + first, statistics.series(question, Interval.HOUR));
      answers.put(
          "splits " + first,
          statistics.splits(
              question,
              Set.of(
                  Attribute.of(Dimension.PAGE),
                  Attribute.of(Dimension.SOURCE),
                  Attribute.of(Dimension.EXIT_PAGE),
                  Attribute.of(Dimension.BROWSER))));
    }
    return answers;
  }
}
