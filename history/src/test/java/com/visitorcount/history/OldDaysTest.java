package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.OldDay;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Days that an older version closed can be read, and are converted over time. */
final class OldDaysTest {
  private static final String SITE = "example.com";
  private static final LocalDate NEW_DAY = OldDay.DAY.plusDays(1);
  private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final List<Row> OLD_ROWS = RowCodec.decode(OldDay.rows());

  private final InMemoryItems items = new InMemoryItems();
  private final Statistics statistics =
      new Statistics(
          new StoredHistory(items, Clock.fixed(NOW, ZoneOffset.UTC)),
          Clock.fixed(NOW, ZoneOffset.UTC));

  @Test
  void question_aboutOldAndNewDays_countsBoth() {
    storeOldDay(OldDay.DAY);
    Totals old = statistics.aggregate(question(OldDay.DAY, OldDay.DAY));
    closeNewDay();

    Totals both = statistics.aggregate(question(OldDay.DAY, NEW_DAY));

    assertThat(old.views()).isEqualTo(OLD_ROWS.size());
    assertThat(both).isEqualTo(old.plus(statistics.aggregate(question(NEW_DAY, NEW_DAY))));
    assertThat(both.views()).isGreaterThan(old.views());
  }

  @Test
  void rewrite_oldDay_keepsItsRowsAndItsNumbers() {
    storeOldDay(OldDay.DAY);
    closeNewDay();
    Question question = question(OldDay.DAY, NEW_DAY);
    Totals before = statistics.aggregate(question);
    Split sources = statistics.split(question, Dimension.SOURCE);
    String revision = summary(OldDay.DAY).revision();

    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1_800_000_000)).isOne();

    assertThat(StoredParts.isOfColumns(summary(OldDay.DAY).revision())).isTrue();
    assertThat(ClosedRows.of(items, SITE, OldDay.DAY)).isEqualTo(OLD_ROWS);
    assertThat(statistics.aggregate(question)).isEqualTo(before);
    assertThat(statistics.split(question, Dimension.SOURCE)).isEqualTo(sources);
    assertThat(items.all())
        .filteredOn(item -> item.sort().contains(revision))
        .hasSize(2)
        .allMatch(item -> item.expires() == 1_800_000_000);
    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1)).isZero();
  }

  @Test
  void rewrite_manyOldDays_goesOnTheNextTime() {
    for (int day = 0; day < 20; day++) {
      storeOldDay(OldDay.DAY.minusDays(day));
    }

    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1)).isEqualTo(8);
    assertThat(StoredParts.isOfColumns(summary(OldDay.DAY).revision())).isTrue();
    assertThat(StoredParts.isOfColumns(summary(OldDay.DAY.minusDays(19)).revision())).isFalse();
    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1)).isEqualTo(8);
    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1)).isEqualTo(4);
    assertThat(new OldDays(items, SITE).rewrite(NOVEMBER, 1)).isZero();
  }

  @Test
  void run_thatClosesADay_rewritesOldDaysOfTheSite() {
    storeOldDay(OldDay.DAY);
    List<Row> rows = new Traffic(SITE, 1).day(NEW_DAY, 60);
    new Chunks(items).store(rows, NEW_DAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    Instant closing = NEW_DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);

    assertThat(new Compaction(items).run(closing, () -> false).days()).isEqualTo(2);

    assertThat(StoredParts.isOfColumns(summary(OldDay.DAY).revision())).isTrue();
    assertThat(StoredParts.isOfColumns(summary(NEW_DAY).revision())).isTrue();
  }

  /** Stores it as the older version did. */
  private void storeOldDay(LocalDate day) {
    long later = (day.toEpochDay() - OldDay.DAY.toEpochDay()) * 86_400;
    List<Row> rows =
        OLD_ROWS.stream()
            .map(
                row ->
                    new Row(
                        row.page(),
                        row.bornMillis(),
                        row.sequence(),
                        row.second() + later,
                        row.facts(),
                        row.visitor()))
            .toList();
    List<byte[]> parts = RowCodec.encode(rows);
    String revision = Digest.of(parts);
    items.put(new Item(SITE, "d#" + day + "#" + revision + "#0000", revision, parts.get(0), 0));
    items.put(
        new Item(
            SITE,
            Keys.sequences(day, revision, 0),
            revision,
            SequenceLedger.of(rows).encode().get(0),
            0));
    items.put(new Item(SITE, Keys.summary(day), revision, OldDay.summary(), 0));
  }

  private void closeNewDay() {
    List<Row> rows = Rows.union(List.of(new Traffic(SITE, 1).day(NEW_DAY, 60)));
    new Chunks(items).store(rows, NEW_DAY.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    assertThat(new ClosedDays(items, SITE).close(NEW_DAY, 1)).isTrue();
  }

  private Item summary(LocalDate day) {
    String key = Keys.summary(day);
    return items.query(SITE, key, key, true).get(0);
  }

  /** Answered from rows, because of the filter. */
  private static Question question(LocalDate from, LocalDate to) {
    return new Question(
        SITE,
        from,
        to,
        ZoneOffset.UTC,
        List.of(new Filter(Dimension.COUNTRY, List.of("no country"), true)));
  }
}
