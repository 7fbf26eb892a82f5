package com.visitorcount.benchmarks;

import com.visitorcount.history.Chunks;
import com.visitorcount.history.Compaction;
import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * A day with very many views of one site in a heap as small as a function's: the hourly runs of the
 * day, questions while it is open, closing it, and the same questions after. The content of the
 * table is in a file: DynamoDB's own time comes on top. By hand, as {@code docs/performance.md}
 * says.
 */
public final class BigDayBenchmark {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
  private static final int VIEWS_AT_ONCE = 50_000;
  private static final int VIEWS_OF_A_CHUNK = 1_000;
  private static final int MINUTES_OF_A_DAY = 1_440;
  private static final int HOURS = 24;

  /** CPU that a function with 512 MB gets in a run: 1,769 MB are one processor. */
  private static final double CPU_SECONDS_OF_A_RUN = (900 - 60) * 512 / 1_769.0;

  private final MeteredHistory history;

  private BigDayBenchmark(MeteredHistory history) {
    this.history = history;
  }

  /**
   * Fills a day, closes it, and asks about it.
   *
   * @param args how many views the day has, a file for the table, and {@code open} to ask before
   *     the day is closed, too
   */
  public static void main(String[] args) throws IOException {
    BigDayBenchmark benchmark = new BigDayBenchmark(new MeteredHistory(Path.of(args[1])));
    System.out.printf("heap of at most %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
    benchmark.fill(Integer.parseInt(args[0]));
    if (args.length > 2) {
      benchmark.ask(DAY.atTime(23, 59).toInstant(ZoneOffset.UTC));
    }
    benchmark.close();
    benchmark.ask(DAY.plusDays(5).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private void fill(int views) {
    Instant midnight = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    // an empty table is listed once; else this would be a table of an older version
    history.table().compaction().run(midnight, () -> false);
    Chunks chunks = history.table().chunks();
    Traffic traffic = new Traffic(SITE, 1);
    int hour = 0;
    double most = 0;
    for (int stored = 0; stored < views; stored += VIEWS_AT_ONCE) {
      Instant arrival =
          midnight.plusSeconds(60L * ((long) (MINUTES_OF_A_DAY - 1) * stored / views));
      for (; midnight.plusSeconds(3_600L * (hour + 1)).isBefore(arrival); hour++) {
        Instant struck = midnight.plusSeconds(3_600L * (hour + 1) + 600);
        most =
            Math.max(most, cpuSeconds(() -> history.table().compaction().run(struck, () -> false)));
      }
      List<Row> rows = traffic.day(DAY, VIEWS_AT_ONCE);
      for (int from = 0; from < rows.size(); from += VIEWS_OF_A_CHUNK) {
        chunks.store(rows.subList(from, Math.min(rows.size(), from + VIEWS_OF_A_CHUNK)), arrival);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%,d views in %,d MB of chunks; an hourly run took %.1f s of CPU at most%n",
        views,
        history.bytes().getOrDefault("c", 0L) >> 20,
        most);
  }

  private void close() {
    Instant closing = DAY.plusDays(2).atTime(0, 10).toInstant(ZoneOffset.UTC);
    int days = 0;
    for (int run = 0; run < HOURS && days == 0; run++) {
      Instant now = closing.plusSeconds(3_600L * run);
      long written = written();
      double read = history.readUnits();
      double start = cpu();
      Compaction.Result result =
          history.table().compaction().run(now, () -> cpu() - start > CPU_SECONDS_OF_A_RUN);
      days = result.days();
      System.out.printf(
          Locale.ROOT,
          "run %d: %s, %.0f s of CPU, %,d write and %,.0f read units%s%n",
          run + 1,
          days > 0 ? "closed" : "unfinished",
          cpu() - start,
          written() - written,
          history.readUnits() - read,
          result.failures().isEmpty() ? "" : ", " + result.failures());
    }
  }

  private long written() {
    return history.units().values().stream().mapToLong(Long::longValue).sum();
  }

  private void ask(Instant now) {
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    Statistics statistics = new Statistics(history.table().history(clock), clock);
    Filter filter = new Filter(Dimension.COUNTRY, List.of("DE", "US"), false);
    Question question = new Question(SITE, DAY, DAY, ZoneOffset.UTC, List.of(filter));
    measure("totals, two countries", () -> statistics.aggregate(question));
    measure(
        "pages, two countries", () -> statistics.split(question, Dimension.PAGE).values().size());
    measure("hours, two countries", () -> statistics.series(question, Interval.HOUR).size());
  }

  private static void measure(String what, Supplier<?> question) {
    Object[] answer = new Object[1];
    double taken = cpuSeconds(() -> answer[0] = question.get());
    System.out.printf(Locale.ROOT, "%s: %.2f s of CPU, %s%n", what, taken, answer[0]);
  }

  private static double cpuSeconds(Runnable work) {
    double start = cpu();
    work.run();
    return cpu() - start;
  }

  private static double cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }
}
