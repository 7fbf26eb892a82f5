package com.visitorcount.history;

import com.visitorcount.history.column.PartCodec;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.SummaryBuilder;
import com.visitorcount.history.statistics.VisitRule;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Measures what a question about a million views in 30 days reads, and its CPU time: the first in
 * the process, and the median of {@value #ROUNDS} warm ones. The table is in memory, so DynamoDB's
 * time is not included. Run by hand, with the test class path of this module: {@code java -Xmx300m
 * com.visitorcount.history.MillionRowsBenchmark}.
 */
public final class MillionRowsBenchmark {
  private static final String SITE = "example.com";
  private static final int DAYS = 30;
  private static final int ROUNDS = 7;
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 15);
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final Clock CLOCK =
      Clock.fixed(LAST.plusDays(3).atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  private MillionRowsBenchmark() {}

  public static void main(String[] args) {
    InMemoryItems items = new InMemoryItems();
    long views = close(items);
    long bytes = items.all().stream().mapToLong(item -> item.bytes().length).sum();
    System.out.printf(
        Locale.ROOT,
        "%,d views, %.2f bytes each in %d items; heap of at most %d MB%n",
        views,
        bytes / (double) views,
        items.all().size(),
        Runtime.getRuntime().maxMemory() >> 20);
    Reading reading = new Reading(items);
    Statistics statistics = new Statistics(new StoredHistory(reading, CLOCK), CLOCK);
    Question all = question("UTC", List.of());
    Question inBerlin = question("Europe/Berlin", List.of());
    Question filtered =
        question("UTC", List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false)));
    Question ofPages =
        question(
            "UTC", List.of(new Filter(Dimension.PAGE, List.of("/articles/number-1**"), false)));
    Question filteredInBerlin =
        question(
            "Europe/Berlin", List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false)));
    measure(reading, "totals, two countries", () -> statistics.aggregate(filtered));
    measure(reading, "pages, two countries", () -> statistics.split(filtered, Dimension.PAGE));
    measure(reading, "hours, two countries", () -> statistics.split(filtered, Dimension.HOUR));
    measure(reading, "by hour, two countries", () -> statistics.series(filtered, Interval.HOUR));
    measure(reading, "sources, some pages", () -> statistics.split(ofPages, Dimension.SOURCE));
    measure(
        reading,
        "by day in Berlin, two countries",
        () -> statistics.series(filteredInBerlin, Interval.DAY));
    measure(reading, "totals", () -> statistics.aggregate(all));
    measure(reading, "by day", () -> statistics.series(all, Interval.DAY));
    measure(reading, "by day in Berlin", () -> statistics.series(inBerlin, Interval.DAY));
    measure(reading, "pages", () -> statistics.split(all, Dimension.PAGE));
    measure(reading, "pages in Berlin", () -> statistics.split(inBerlin, Dimension.PAGE));
    measure(reading, "hours in Berlin", () -> statistics.split(inBerlin, Dimension.HOUR));
  }

  /** Closes the days and keeps only what does not expire. */
  private static long close(InMemoryItems items) {
    Traffic traffic = new Traffic(SITE, 1);
    long views = 0;
    long encoding = 0;
    long summing = 0;
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      List<Row> rows = traffic.day(day, 1_000_000 / DAYS);
      long start = cpu();
      List<PartCodec.Encoded> parts = PartCodec.encode(rows, VisitRule.CURRENT);
      encoding += cpu() - start;
      start = cpu();
      SummaryBuilder summary = new SummaryBuilder();
      parts.forEach(part -> summary.add(PartCodec.decode(part.groups())));
      summary.build().encode();
      summing += cpu() - start;
      new Chunks(items).store(rows, day.atTime(23, 59).toInstant(ZoneOffset.UTC));
      new ClosedDays(items, SITE).close(day, 1);
      items.expire(Long.MAX_VALUE);
      views += rows.size();
    }
    System.out.printf(
        "encoding takes %d ms of CPU, summing up %d ms%n",
        TimeUnit.NANOSECONDS.toMillis(encoding), TimeUnit.NANOSECONDS.toMillis(summing));
    return views;
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Question question(String zone, List<Filter> filters) {
    return new Question(SITE, FIRST, LAST, ZoneId.of(zone), filters);
  }

  private static void measure(Reading reading, String what, Supplier<?> question) {
    long[] nanos = new long[ROUNDS];
    long first = 0;
    reading.bytes = 0;
    reading.units = 0;
    for (int i = -1 - ROUNDS; i < ROUNDS; i++) {
      long start = cpu();
      Object answer = question.get();
      long taken = cpu() - start;
      if (answer == null) {
        throw new IllegalStateException("no answer");
      }
      if (i == -1 - ROUNDS) {
        first = taken;
        System.out.printf(
            Locale.ROOT,
            "%-32s %8.1f KB, %6.1f read units",
            what,
            reading.bytes / 1024.0,
            reading.units);
      }
      if (i >= 0) {
        nanos[i] = taken;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        ", first %8.1f ms, then %8.2f ms of CPU%n",
        first / 1e6,
        nanos[ROUNDS / 2] / 1e6);
  }

  /** Adds up what is read. */
  private static final class Reading implements Items {
    private final Items items;
    private long bytes;
    private double units;

    Reading(Items items) {
      this.items = items;
    }

    @Override
    public void put(Item item) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String partition, String sort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void deleteIf(String partition, String sort, String knownRevision) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Item> query(String partition, String from, String to, boolean consistent) {
      List<Item> found = items.query(partition, from, to, consistent);
      long before = bytes;
      for (Item item : found) {
        bytes +=
            item.bytes().length
                + item.partition().length()
                + item.sort().length()
                + item.revision().length()
                + 20;
      }
      units += Math.max(1, Math.ceil((bytes - before) / 4_096.0)) * (consistent ? 1 : 0.5);
      return found;
    }
  }
}
