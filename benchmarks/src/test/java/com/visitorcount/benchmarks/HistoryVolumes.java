package com.visitorcount.benchmarks;

import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.local.cost.HistoryLoad;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/**
 * What history takes by how many views there are: write units and bytes by views of a month and by
 * shards of the stream, with the model of {@code docs/cost.md}; and closing a day by its views.
 */
final class HistoryVolumes {
  private static final int WINDOW_SECONDS = 120;
  private static final List<Long> VIEWS =
      List.of(10_000L, 100_000L, 1_000_000L, 10_000_000L, 100_000_000L);
  private static final List<Integer> SHARDS = List.of(1, 4, 16);
  private static final List<Integer> ROWS = List.of(10_000, 100_000, 1_000_000);
  private static final int BATCH_SIZE = 1_000;
  private static final LocalDate DAY = LocalDate.of(2026, 10, 6);

  private HistoryVolumes() {}

  static void run(Results results) {
    for (long views : VIEWS) {
      for (int shards : SHARDS) {
        HistoryLoad load = HistoryLoad.ofShards(views, WINDOW_SECONDS, shards);
        String volume =
            String.format(
                Locale.ROOT,
                "%,d views a month, %d shard%s",
                views,
                shards,
                shards == 1 ? "" : "s");
        results.add(
            Result.alone(
                "chunks, " + volume,
                1e3 * load.chunkUnits(),
                "write units for 1,000 views, calculated"));
        results.add(
            Result.alone(
                "all else, " + volume,
                1e3 * load.laterUnits(),
                "write units for 1,000 views, calculated"));
        results.add(
            Result.alone(
                "for ever, " + volume, load.lastingBytes(), "bytes of a view, calculated"));
      }
    }
    close(ROWS.get(0));
    for (int rows : ROWS) {
      Closing closing = close(rows);
      String day = String.format(Locale.ROOT, "closing a day of %,d views", rows);
      results.add(Result.alone(day, closing.cpuMillis() / rows * 1e3, "µs of CPU a view"));
      results.add(
          Result.alone(
              day + ", units", 1e3 * closing.writeUnits() / rows, "write units for 1,000 views"));
    }
  }

  private record Closing(double cpuMillis, long writeUnits) {}

  private static Closing close(int views) {
    MeteredHistory history = new MeteredHistory();
    Instant midnight = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    history.table().compaction().run(midnight, () -> false);
    List<Row> rows = new Traffic("example.com", 1).day(DAY, views);
    for (int from = 0; from < rows.size(); from += BATCH_SIZE) {
      List<Row> batch = rows.subList(from, Math.min(from + BATCH_SIZE, rows.size()));
      Instant arrival = Instant.ofEpochSecond(batch.get(batch.size() - 1).second());
      history.table().chunks().store(batch, arrival);
    }
    long units = written(history);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Instant closing = DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);
    if (history.table().compaction().run(closing, () -> false).days() != 1) {
      throw new IllegalStateException("a day of " + views + " views is not closed");
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return new Closing(nanos / 1e6, written(history) - units);
  }

  private static long written(MeteredHistory history) {
    return history.units().values().stream().mapToLong(Long::longValue).sum();
  }
}
