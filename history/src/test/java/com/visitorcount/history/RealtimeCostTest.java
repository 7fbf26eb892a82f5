package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Online;
import com.visitorcount.history.statistics.Statistics;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The cost of an open dashboard that refreshes current visitors every minute. */
final class RealtimeCostTest {
  private static final LocalDate DAY = LocalDate.of(2026, 10, 6);
  private static final int WINDOW_SECONDS = 30;
  private static final int MINUTES_OF_A_DAY = 1_440;
  private static final double DOLLARS_A_READ_UNIT = 0.125e-6;

  @Test
  void aDayOfPolling_atAMillionViewsAMonth_costsLessThanACent() {
    MeteredHistory meter = new MeteredHistory();
    Chunks chunks = meter.table().chunks();
    List<Row> rows = new Traffic("example.com", 1).day(DAY, 1_000_000 / 30);
    // the busiest hours, and the last minute of one: two hours are read almost whole
    Instant now = DAY.atTime(16, 34).toInstant(ZoneOffset.UTC);
    for (Instant end = now.minusSeconds(4 * 3_600);
        !end.isAfter(now);
        end = end.plusSeconds(WINDOW_SECONDS)) {
      long to = end.getEpochSecond();
      List<Row> batch =
          rows.stream()
              .filter(row -> row.second() < to && row.second() >= to - WINDOW_SECONDS)
              .toList();
      chunks.store(batch, end);
    }
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    double before = meter.readUnits();

    Online online = new Statistics(meter.table().history(clock), clock).online("example.com");

    double units = meter.readUnits() - before;
    System.out.printf(
        Locale.ROOT,
        "realtime at the busiest time: %.1f read units; each minute of a day: %.0f%n",
        units,
        units * MINUTES_OF_A_DAY);
    assertThat(online.viewsByMinute().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(
            (int)
                rows.stream()
                    .filter(row -> row.second() < now.getEpochSecond())
                    .filter(row -> row.second() > now.getEpochSecond() - 1_800)
                    .count());
    assertThat(units * MINUTES_OF_A_DAY * DOLLARS_A_READ_UNIT).isLessThan(0.01);
  }
}
