package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A day that was closed before campaigns began visits and before channels existed, as the bytes
 * stored then. Case C13.
 */
final class ClosedByGapTest {
  private final Statistics statistics =
      new Statistics(
          new Stored(RowCodec.decode(OldDay.rows()), Summary.decode(OldDay.summary())),
          Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));
  private final Question day =
      new Question("example.com", OldDay.DAY, OldDay.DAY, ZoneOffset.UTC, List.of());

  @Test
  void aggregate_bySummaryAndByRows_isWhatItWas() {
    Totals before = new Totals(8, 4, 4, 2, 500);

    assertThat(statistics.aggregate(day)).isEqualTo(before);
    assertThat(
            statistics.aggregate(
                new Question(
                    "example.com",
                    OldDay.DAY,
                    OldDay.DAY,
                    ZoneOffset.UTC,
                    List.of(new Filter(Dimension.COUNTRY, List.of("DE"), false)))))
        .isEqualTo(before);
  }

  @Test
  void split_bySource_hasTodaysNames_andTheVisitsOfThen() {
    Totals bounce = new Totals(1, 1, 1, 1, 0);

    assertThat(statistics.split(day, Dimension.SOURCE).values())
        .isEqualTo(
            Map.of(
                "Google",
                new Totals(4, 1, 1, 0, 400),
                "Facebook",
                bounce,
                "",
                new Totals(2, 1, 1, 0, 100),
                "ChatGPT",
                bounce));
    assertThat(statistics.split(day, Dimension.CHANNEL).values())
        .isEqualTo(
            Map.of(
                "Organic Search",
                new Totals(4, 1, 1, 0, 400),
                "Organic Social",
                bounce,
                "Direct",
                new Totals(2, 1, 1, 0, 100),
                "AI Assistants",
                bounce));
    assertThat(statistics.split(day, Dimension.UTM_SOURCE).values()).containsKeys("chatgpt.com");
  }

  /** The same rows by today's rule, which shows what the old rule hid. */
  @Test
  void split_ofTheSameRowsToday_hasTheVisitsOfCampaigns() {
    SortedMap<String, Totals> byRows =
        new Statistics(
                new RowsOfDays(RowCodec.decode(OldDay.rows()), OldDay.DAY.plusDays(1)),
                Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC))
            .split(day, Dimension.CHANNEL)
            .values();

    assertThat(byRows)
        .isEqualTo(
            Map.of(
                "Organic Search", new Totals(2, 1, 1, 0, 60),
                "Paid Social", new Totals(2, 1, 1, 0, 100),
                "Organic Social", new Totals(1, 1, 1, 1, 0),
                "Direct", new Totals(1, 1, 1, 1, 0),
                "Email", new Totals(1, 1, 1, 1, 0),
                "AI Assistants", new Totals(1, 1, 1, 1, 0)));
  }

  @Test
  void sum_ofDaysByBothRules_answersWhatBothKnow() {
    Summary then = Summary.decode(OldDay.summary());
    Summary now = Summary.of(Part.of(RowCodec.decode(OldDay.rows()), VisitRule.CURRENT));
    Summary month = Summary.decode(Summary.sum(List.of(then, now)).encode());

    assertThat(month.totals()).isEqualTo(then.totals().plus(now.totals()));
    assertThat(month.namesAll(Dimension.PAGE)).isTrue();
    assertThat(month.namesAll(Dimension.SOURCE)).isFalse();
    assertThat(month.namesAll(Dimension.CHANNEL)).isFalse();
    assertThat(now.namesAll(Dimension.CHANNEL)).isTrue();
  }

  private record Stored(List<Row> rows, Summary summary) implements History {
    @Override
    public SortedMap<LocalDate, ClosedDay> days(String site, LocalDate from, LocalDate to) {
      return new TreeMap<>(Map.of(OldDay.DAY, new ClosedDay("revision", summary)));
    }

    @Override
    public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
      return Collections.emptySortedMap();
    }

    @Override
    public void parts(
        String site,
        SortedMap<LocalDate, ClosedDay> days,
        Set<Group> groups,
        Consumer<Part> receiver) {
      Part.of(rows, summary.rule()).forEach(receiver);
    }

    @Override
    public UnreadableItems unreadable() {
      return new UnreadableItems();
    }

    @Override
    public void openRows(String site, LocalDate utcDay, Consumer<List<Row>> receiver) {}

    @Override
    public Optional<LocalDate> firstDay(String site) {
      return Optional.of(OldDay.DAY);
    }

    @Override
    public LocalDate firstOpen() {
      return OldDay.DAY.plusDays(9);
    }

    @Override
    public SortedMap<String, LocalDate> lastArrivals() {
      return new TreeMap<>(Map.of("example.com", LocalDate.MAX));
    }
  }
}
