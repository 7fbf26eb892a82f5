package com.visitorcount.history;

import com.visitorcount.row.Row;
import com.visitorcount.row.Traffic;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Closes a large day. The table is in memory, about 50 bytes a view. By hand, with the test class
 * path of this module: {@code java -Xmx400m com.visitorcount.history.ClosingBenchmark 1000000}.
 */
public final class ClosingBenchmark {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
  private static final int VIEWS_AT_ONCE = 50_000;
  private static final int VIEWS_OF_A_CHUNK = 1_000;

  private ClosingBenchmark() {}

  public static void main(String[] args) {
    int views = Integer.parseInt(args[0]);
    InMemoryItems items = new InMemoryItems();
    Chunks chunks = new Chunks(items);
    Traffic traffic = new Traffic(SITE, 1);
    for (int stored = 0; stored < views; stored += VIEWS_AT_ONCE) {
      List<Row> rows = traffic.day(DAY, VIEWS_AT_ONCE);
      Instant arrival =
          DAY.atStartOfDay(ZoneOffset.UTC).plusMinutes(1_439L * stored / views).toInstant();
      for (int from = 0; from < rows.size(); from += VIEWS_OF_A_CHUNK) {
        chunks.store(rows.subList(from, Math.min(rows.size(), from + VIEWS_OF_A_CHUNK)), arrival);
      }
    }
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    boolean closed = new ClosedDays(items, SITE).close(DAY, 1);
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    String revision =
        items.query(SITE, Keys.summary(DAY), Keys.summary(DAY), true).get(0).revision();
    System.out.printf(
        Locale.ROOT,
        "%,d views closed: %s, in %d segments, %d s of CPU, heap of at most %d MB%n",
        views,
        closed,
        StoredParts.segments(revision).size(),
        TimeUnit.NANOSECONDS.toSeconds(taken),
        Runtime.getRuntime().maxMemory() >> 20);
  }
}
