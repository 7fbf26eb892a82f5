package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterState;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.UnreadableItems;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ClosedDaysTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 10, 31);
  private static final Instant NOON = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);
  private static final Instant CLOSING = DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);
  private static final List<Row> ROWS = new Traffic(SITE, 1).day(DAY, 60);
  private static final List<Row> EARLY = ROWS.subList(0, 50);
  private static final List<Row> LATE = ROWS.subList(50, ROWS.size());

  private final InMemoryItems items = new InMemoryItems();
  private final ClosedDays days = new ClosedDays(items, SITE);

  @Test
  void close_day_keepsItsRowsAndOnlyTellsItsVisitorsApart() {
    arrive(ROWS, NOON);

    assertThat(days.close(DAY, 1)).isTrue();

    List<Row> inOrder = Rows.union(List.of(ROWS));
    assertThat(ClosedRows.of(items, SITE, DAY)).isEqualTo(Rows.withNumberedVisitors(inOrder));
    assertThat(ClosedRows.of(items, SITE, DAY))
        .extracting(Row::visitor)
        .contains("0", "1")
        .doesNotContain("");
  }

  @Test
  void close_again_writesNothing() {
    arrive(ROWS, NOON);
    days.close(DAY, 1);
    Set<Item> before = new HashSet<>(items.all());

    assertThat(days.close(DAY, 1)).isFalse();
    assertThat(new HashSet<>(items.all())).isEqualTo(before);
  }

  @Test
  void close_againWithMoreRowsAndItsAnswerLost_retiresWhatItReplaced() {
    arrive(EARLY, NOON);
    days.close(DAY, 1);
    Item replaced = summary();
    arrive(LATE, NOON);

    assertThat(new ClosedDays(sendingWritesTwice(), SITE).close(DAY, 1)).isTrue();

    assertThat(summary().revision()).isNotEqualTo(replaced.revision());
    assertThat(items.all())
        .filteredOn(item -> item.revision().equals(replaced.revision()))
        .isNotEmpty()
        .allMatch(item -> item.expires() == 1);
  }

  /** Writes twice, as the SDK does when an answer is lost: the second attempt is refused. */
  private Items sendingWritesTwice() {
    return new ForwardingItems(items) {
      @Override
      public boolean putIf(Item item, String knownRevision) {
        super.putIf(item, knownRevision);
        return super.putIf(item, knownRevision);
      }
    };
  }

  @Test
  void close_dayWithoutViews_writesNothing() {
    assertThat(days.close(DAY, 1)).isFalse();
    assertThat(ClosedRows.of(items, SITE, DAY)).isNull();
    assertThat(items.all()).isEmpty();
  }

  @Test
  void close_rowsThatCameWhenAllElseWasGone_areAddedWithVisitorsOfTheirOwn() {
    arrive(EARLY, NOON);
    days.close(DAY, 1);
    items.expire(CLOSING.plus(Duration.ofDays(8)).getEpochSecond());
    arrive(ROWS, CLOSING.plus(Duration.ofDays(6)));

    assertThat(days.close(DAY, 1)).isTrue();

    List<Row> rows = ClosedRows.of(items, SITE, DAY);
    assertThat(names(rows)).isEqualTo(names(ROWS));
    assertThat(visitors(rows)).isEqualTo(visitors(EARLY) + visitors(LATE));
  }

  @Test
  void close_again_leavesTheOldRevisionToItsReadersForAWhile() {
    arrive(EARLY, NOON);
    days.close(DAY, 1);
    Item old = summary();
    arrive(LATE, CLOSING);

    days.close(DAY, 1_800_000_000);

    assertThat(summary().revision()).isNotEqualTo(old.revision());
    assertThat(items.all())
        .filteredOn(item -> item.sort().contains(old.revision()))
        .hasSize(2)
        .allMatch(item -> item.expires() == 1_800_000_000);
    assertThat(items.all())
        .filteredOn(item -> item.sort().contains(summary().revision()))
        .hasSize(2)
        .allMatch(item -> item.expires() == 0);
  }

  @Test
  void rows_ofAWriterThatDidNotComeToItsEnd_doNotCount() {
    arrive(EARLY, NOON);
    days.close(DAY, 1);
    items.put(
        new Item(
            SITE,
            Keys.part(Group.VISITS, DAY, "another-revision", 0, 0),
            "another-revision",
            new byte[1],
            0));

    assertThat(names(ClosedRows.of(items, SITE, DAY))).isEqualTo(names(EARLY));
  }

  @Test
  void openDay_chunkThatLandsInAnHourThatIsOver_isTakenUpTheNextHour() {
    arrive(EARLY, NOON);
    OpenDay day = new OpenDay(items, SITE, DAY);
    ArrivalHour thirteen = ArrivalHour.of(NOON).plusHours(1);
    assertThat(day.compact(thirteen)).isOne();
    arrive(LATE, NOON.plusSeconds(60));
    assertThat(names(rows(day))).isEqualTo(names(EARLY));

    assertThat(day.compact(thirteen.plusHours(1))).isOne();

    assertThat(names(rows(day))).isEqualTo(names(ROWS));
    assertThat(day.compact(thirteen.plusHours(2))).isZero();
  }

  @Test
  void openDay_hourOfWhichAPartIsMissing_isReadByItsChunks() {
    arrive(EARLY, NOON);
    arrive(LATE, NOON.plusSeconds(3_600));
    OpenDay day = new OpenDay(items, SITE, DAY);
    day.compact(ArrivalHour.of(NOON).plusHours(2));
    Item hour = items.query(Keys.openDay(SITE, DAY), "h#", "h#~", true).get(0);
    byte[] half = RowCodec.encode(Rows.union(List.of(EARLY.subList(0, 10)))).get(0);
    items.put(new Item(hour.partition(), hour.sort(), "revision/2", half, hour.expires()));

    assertThat(names(rows(day))).isEqualTo(names(ROWS));
  }

  @Test
  void month_isSummedWhenItIsOver_andAgainWhenADayOfItChanges() {
    arrive(EARLY, NOON);
    days.close(DAY, 1);
    Months months = new Months(items, SITE);

    assertThat(months.sum(YearMonth.from(DAY))).isTrue();
    assertThat(months.sum(YearMonth.from(DAY))).isFalse();
    arrive(LATE, CLOSING);
    days.close(DAY, 1);
    assertThat(months.sum(YearMonth.from(DAY))).isTrue();
    assertThat(months.sum(YearMonth.from(DAY).minusMonths(1))).isFalse();
  }

  @Test
  void accounts_closedDayWhoseLedgerIsMissing_isToldByWhatIsStillOpen() {
    arrive(ROWS, NOON);
    days.close(DAY, 1);
    Row row = ROWS.get(0);
    long ofPage =
        ROWS.stream().filter(r -> r.page().equals(row.page())).mapToLong(Row::sequence).count();
    Keys.Range ledger = Keys.sequences(DAY, summary().revision());
    for (Item part : items.query(SITE, ledger.from(), ledger.to(), true)) {
      items.put(new Item(SITE, part.sort(), part.revision(), part.content(), 1));
    }
    items.expire(2);

    ConsistencyReport report =
        new ConsistencyCheck(items, Clock.fixed(CLOSING, ZoneOffset.UTC))
            .of(
                row.page(),
                () ->
                    new CounterState(
                        BigInteger.valueOf(ofPage), row.bornMillis(), BigInteger.ZERO, 0),
                new UnreadableItems());

    assertThat(report.rows()).isEqualTo(ofPage);
    assertThat(report.addsUp()).isTrue();
  }

  private void arrive(List<Row> rows, Instant at) {
    assertThat(new Chunks(items).store(rows, at).unstored()).isEmpty();
  }

  private Item summary() {
    String key = Keys.summary(DAY);
    return items.query(SITE, key, key, true).get(0);
  }

  private static Set<Row.Name> names(List<Row> rows) {
    Set<Row.Name> names = new HashSet<>();
    rows.forEach(row -> assertThat(names.add(row.name())).isTrue());
    return names;
  }

  private static long visitors(List<Row> rows) {
    return rows.stream().map(Row::visitor).distinct().count();
  }

  private static List<Row> rows(OpenDay day) {
    List<Row> rows = new ArrayList<>();
    day.rows(new UnreadableItems(), rows::addAll);
    return rows;
  }
}
