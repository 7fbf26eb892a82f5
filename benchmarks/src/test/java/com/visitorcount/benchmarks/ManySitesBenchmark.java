package com.visitorcount.benchmarks;

import com.visitorcount.history.Chunks;
import com.visitorcount.history.Compaction;
import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * What the hourly runs read and write for many sites with few views: one day of each is closed. The
 * table is in memory: DynamoDB's own time comes on top. By hand, as {@code docs/performance.md}
 * says.
 */
public final class ManySitesBenchmark {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
  private static final int DAYS_OF_A_MONTH = 30;
  private static final int HOURS = 24;

  private ManySitesBenchmark() {}

  /**
   * Closes one day of each site.
   *
   * @param args how many sites there are, and how many views each has in a day
   */
  public static void main(String[] args) {
    int sites = Integer.parseInt(args[0]);
    int views = Integer.parseInt(args[1]);
    MeteredHistory history = new MeteredHistory();
    // an empty table is listed once; else this would be a table of an older version
    history.table().compaction().run(DAY.atStartOfDay(ZoneOffset.UTC).toInstant(), () -> false);
    Chunks chunks = history.table().chunks();
    long batches = 0;
    for (int site = 0; site < sites; site++) {
      List<Row> rows = new Traffic("site-" + site + ".example", site).day(DAY, views);
      for (int hour = 0; hour < HOURS; hour++) {
        Instant end = DAY.atStartOfDay(ZoneOffset.UTC).plusHours(hour + 1L).toInstant();
        List<Row> some =
            rows.stream()
                .filter(row -> row.second() < end.getEpochSecond())
                .filter(row -> row.second() >= end.getEpochSecond() - 3_600)
                .toList();
        if (!some.isEmpty()) {
          chunks.store(some, end.minusSeconds(1));
          batches++;
        }
      }
    }
    long arrived = written(history);
    double readBefore = history.readUnits();
    System.out.printf(
        Locale.ROOT, "%,d sites in %,d chunks: %,d write units%n", sites, batches, arrived);
    Instant closing = DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);
    for (int run = 0; run < 2 * HOURS; run++) {
      long calls = history.calls();
      long write = written(history);
      double read = history.readUnits();
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      Compaction.Result result =
          history.table().compaction().run(closing.plusSeconds(run * 3_600L), () -> false);
      long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
      if (history.calls() - calls >= sites) {
        System.out.printf(
            Locale.ROOT,
            "run %d: %,d days closed of %,d, %,d calls, %,d write and %,.0f read units, %.1f s of"
                + " CPU%n",
            run + 1,
            result.days(),
            result.due(),
            history.calls() - calls,
            written(history) - write,
            history.readUnits() - read,
            cpu / 1e9);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "closing in a month: %,d write and %,.0f read units%n",
        DAYS_OF_A_MONTH * (written(history) - arrived),
        DAYS_OF_A_MONTH * (history.readUnits() - readBefore));
  }

  private static long written(MeteredHistory history) {
    return history.units().values().stream().mapToLong(Long::longValue).sum();
  }
}
