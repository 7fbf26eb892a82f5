package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a view costs on its way into history, at a million views a month and a batch every 30
 * seconds. A write unit is 1,024 bytes of an item, rounded up.
 */
final class HistoryCostTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 6);
  private static final int DAYS = 3;
  private static final int VIEWS_A_DAY = 1_000_000 / 30;
  private static final int WINDOW_SECONDS = 30;

  @Test
  void aMonthOfAMillionViews_takesAFractionOfAWriteUnitForAView() {
    MeteredHistory meter = new MeteredHistory();
    Chunks chunks = meter.table().chunks();
    Compaction compaction = meter.table().compaction();
    Traffic traffic = new Traffic("example.com", 1);
    int views = 0;
    for (int day = 0; day < DAYS; day++) {
      views += arrive(FIRST.plusDays(day), traffic, chunks, compaction);
    }
    for (int hour = 0; hour < 72; hour++) {
      compaction.run(midnight(FIRST.plusDays(DAYS)).plusSeconds(hour * 3_600L + 600), () -> false);
    }

    double units = meter.units().values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        Locale.ROOT,
        "write units a view: %.4f (%s), one item for each view: at least 1%n"
            + "bytes a view for ever: %.2f (%s)%n",
        units / views,
        text(meter.units(), views),
        bytesForEver(meter, views),
        text(meter.bytes(), views));
    assertThat(units / views).isLessThanOrEqualTo(0.15);
    assertThat(bytesForEver(meter, views)).isLessThanOrEqualTo(3.4);
  }

  private static int arrive(LocalDate day, Traffic traffic, Chunks chunks, Compaction compaction) {
    List<Row> rows = traffic.day(day, VIEWS_A_DAY);
    int next = 0;
    for (int second = WINDOW_SECONDS; second <= 86_400; second += WINDOW_SECONDS) {
      Instant now = midnight(day).plusSeconds(second);
      List<Row> batch = new ArrayList<>();
      while (next < rows.size() && rows.get(next).second() < now.getEpochSecond()) {
        batch.add(rows.get(next));
        next++;
      }
      chunks.store(batch, now);
      if (second % 3_600 == 600) {
        compaction.run(now, () -> false);
      }
    }
    return rows.size();
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static double bytesForEver(MeteredHistory meter, int views) {
    Map<String, Long> bytes = meter.bytes();
    return Stream.of("d", "t", "p", "i", "q", "s").mapToLong(bytes::get).sum() / (double) views;
  }

  private static String text(Map<String, Long> sums, int views) {
    StringBuilder text = new StringBuilder();
    sums.forEach(
        (kind, sum) ->
            text.append(String.format(Locale.ROOT, " %s %.4f", kind, sum / (double) views)));
    return text.toString().strip();
  }
}
