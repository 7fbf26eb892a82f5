package com.visitorcount.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.row.Row;
import com.visitorcount.row.RowCodec;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A day that was closed before a campaign began a visit and before there were channels, with the
 * bytes that were stored then. Case C13.
 */
final class ClosedByGapTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 5);
  private static final byte[] ROWS =
      Base64.getDecoder()
          .decode(
              "AX1RwW6DMAz9l5wtFqCjZedup/0B4hBYyKIGHIUgKk379zmBrQVNlSPz/HixY/uLWaHkyF4qJq+it0YmLfZP"
                  + "DDZhY1DtqFEYyWpgDbqBbqdARmGn3ejvYo8XOYT0hIepb6QLAYff/+i00lFQsZRKzPOcKERFVT4kxZtT"
                  + "Q8X23EqnC+4acq1tyYvJT/2wk5ikE61sEC+hiQeJ/uV7oU1iHXockl4+uN1+Cq+sv9XYPob6piydNnJp"
                  + "/PxK9Jt2ssMroXc9TPErrEcb5XGkxzI/HbMT51BwyA40RIJ5wSNYPJQl5yH9OuSMjENAgV1GvzFip9tC"
                  + "7rT4lyGFHA7wDEVYb1wtX3UBpfX3Dw==");
  private static final byte[] SUMMARY =
      Base64.getDecoder()
          .decode(
              "Aa2TTU+DQBCG/8ueSZ0F1KZnPy6mTc/GNMsypWhhCSyljam/3Rk+2loaDeqBmXcW9mHmZXkXmxirQkzGDqki"
                  + "tianwm+LRgamTDWSdh1RoDZpSPoawBEWt/zMsxCOuOIrWJuIc6HWSFkCB8nB43BD4e6ewoPSGBjzxjLO"
                  + "cWm2pB6NieptTyqzJmMRpyXfUaUtk5SEXikbZXakTULVerRsOe1CVVWjqKaMQhQv1PpOTN5FkJuqwJyl"
                  + "plmsmEjqXUyEoj0byj73WXWiJEEpoORyXXC9d5q9+a6PGQ/ChLiJNfYpehAFuZVFpqILJDmMtI3tOchr"
                  + "QQAtypWyg4H0ejjogB8wnQFTV6Y8NdxvgD4ciFIekR40bzph0oo8QGcwhZpqiv604aBpfxrUd4+DNh1c"
                  + "HnQ+f4XbW7/uig4w5vmXA9ZyYXnBQAnnBkp5NHAKjYEFGfjlmLQWwrj+l84tZOh3FjK25pY2WWiVZCqO"
                  + "0hO629I7Nz15tLPf7YmhNc+kFply/m0GfRomJRjGZfIPoJ593YD4mwEt5n9rar//BA==");

  private final Statistics statistics =
      new Statistics(
          new Stored(RowCodec.decode(ROWS), Summary.decode(SUMMARY)),
          Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));
  private final Question day = new Question("example.com", DAY, DAY, ZoneOffset.UTC, List.of());

  @Test
  void aggregate_bySummaryAndByRows_isWhatItWas() {
    Totals before = new Totals(8, 4, 4, 2, 500);

    assertThat(statistics.aggregate(day)).isEqualTo(before);
    assertThat(
            statistics.aggregate(
                new Question(
                    "example.com",
                    DAY,
                    DAY,
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

  /** The same rows by today's rule: what the old rule hid. */
  @Test
  void split_ofTheSameRowsToday_hasTheVisitsOfCampaigns() {
    SortedMap<String, Totals> byRows =
        new Statistics(
                new RowsOfDays(RowCodec.decode(ROWS), DAY.plusDays(1)),
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
    Summary then = Summary.decode(SUMMARY);
    Summary now = Summary.of(RowCodec.decode(ROWS));
    Summary month = Summary.decode(Summary.sum(List.of(then, now)).encode());

    assertThat(month.totals()).isEqualTo(then.totals().plus(now.totals()));
    assertThat(month.isWhole(Dimension.PAGE)).isTrue();
    assertThat(month.isWhole(Dimension.SOURCE)).isFalse();
    assertThat(month.isWhole(Dimension.CHANNEL)).isFalse();
    assertThat(now.isWhole(Dimension.CHANNEL)).isTrue();
  }

  private record Stored(List<Row> rows, Summary summary) implements History {
    @Override
    public SortedMap<LocalDate, Summary> days(String site, LocalDate from, LocalDate to) {
      return new TreeMap<>(Map.of(DAY, summary));
    }

    @Override
    public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
      return Collections.emptySortedMap();
    }

    @Override
    public List<Row> rows(String site, LocalDate utcDay) {
      return rows;
    }

    @Override
    public Optional<LocalDate> firstDay(String site) {
      return Optional.of(DAY);
    }

    @Override
    public LocalDate firstOpen() {
      return DAY.plusDays(9);
    }

    @Override
    public List<String> sites() {
      return List.of("example.com");
    }
  }
}
