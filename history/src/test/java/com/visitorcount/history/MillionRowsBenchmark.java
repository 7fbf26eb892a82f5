package com.visitorcount.history;

import com.visitorcount.row.Row;
import com.visitorcount.row.Rows;
import com.visitorcount.row.Traffic;
import com.visitorcount.statistics.Dimension;
import com.visitorcount.statistics.Filter;
import com.visitorcount.statistics.Interval;
import com.visitorcount.statistics.Question;
import com.visitorcount.statistics.Statistics;
import com.visitorcount.statistics.Totals;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a question about a million views in 30 days reads, and how long it takes; beside it the same
 * totals by going through rows in memory, that is without reading anything. The table is in memory:
 * DynamoDB's own time comes on top. By hand, with the test class path of this module: {@code java
 * -Xmx300m com.visitorcount.history.MillionRowsBenchmark}.
 */
public final class MillionRowsBenchmark {
  private static final String SITE = "example.com";
  private static final int DAYS = 30;
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 15);
  private static final LocalDate LAST = FIRST.plusDays(DAYS - 1L);
  private static final Clock CLOCK =
      Clock.fixed(LAST.plusDays(3).atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  private MillionRowsBenchmark() {}

  public static void main(String[] args) {
    InMemoryItems items = new InMemoryItems();
    Traffic traffic = new Traffic(SITE, 1);
    long views = 0;
    for (LocalDate day = FIRST; !day.isAfter(LAST); day = day.plusDays(1)) {
      List<Row> rows = traffic.day(day, 1_000_000 / DAYS);
      new Chunks(items).store(rows, day.atTime(23, 59).toInstant(ZoneOffset.UTC));
      new ClosedDays(items, SITE).close(day, 1);
      items.expire(Long.MAX_VALUE);
      views += rows.size();
    }
    System.out.printf(
        "%,d views, heap of at most %d MB%n", views, Runtime.getRuntime().maxMemory() >> 20);
    Reading reading = new Reading(items);
    Statistics statistics = new Statistics(new StoredHistory(reading, CLOCK), CLOCK);
    Question all = question("UTC", List.of());
    Question filtered =
        question("UTC", List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false)));
    Question inBerlin = question("Europe/Berlin", List.of());
    for (int round = 0; round < 3; round++) {
      System.out.println("round " + round);
      measure(reading, "totals", () -> statistics.aggregate(all));
      measure(reading, "series by day", () -> statistics.series(all, Interval.DAY));
      measure(
          reading,
          "pages",
          () -> List.copyOf(statistics.split(all, Dimension.PAGE).values().keySet()));
      measure(reading, "totals, Berlin", () -> statistics.aggregate(inBerlin));
      measure(reading, "series by day, Berlin", () -> statistics.series(inBerlin, Interval.DAY));
      measure(reading, "totals, filtered", () -> statistics.aggregate(filtered));
      measure(
          reading, "series by hour, filtered", () -> statistics.series(filtered, Interval.HOUR));
      measure(
          reading,
          "pages, filtered",
          () -> List.copyOf(statistics.split(filtered, Dimension.PAGE).values().keySet()));
    }
    List<Row> day = Rows.union(List.of(traffic.day(LAST, 1_000_000 / DAYS)));
    measure(
        reading,
        "rival: views and visitors by loops over rows in memory, a thirtieth",
        () ->
            new Totals(
                day.stream().filter(row -> row.facts().country().equals("DE")).count(),
                day.stream().map(Row::visitor).distinct().count(),
                0,
                0,
                0));
  }

  private static Question question(String zone, List<Filter> filters) {
    return new Question(SITE, FIRST, LAST, ZoneId.of(zone), filters);
  }

  private static void measure(Reading reading, String what, Supplier<?> question) {
    reading.bytes = 0;
    long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long start = System.nanoTime();
    Object answer = question.get();
    System.out.printf(
        Locale.ROOT,
        "%-28s %8.1f KB read, %6d ms, %6d ms of CPU, %s%n",
        what,
        reading.bytes / 1024.0,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
        TimeUnit.NANOSECONDS.toMillis(
            ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu),
        answer instanceof Totals totals ? totals : ((List<?>) answer).size() + " values");
  }

  /** Adds up what is read. */
  private static final class Reading extends ForwardingItems {
    private long bytes;

    Reading(Items items) {
      super(items);
    }

    @Override
    public List<Item> query(String partition, String from, String to, boolean consistent) {
      List<Item> found = super.query(partition, from, to, consistent);
      for (Item item : found) {
        bytes +=
            item.bytes().length
                + item.partition().length()
                + item.sort().length()
                + item.revision().length()
                + 20;
      }
      return found;
    }
  }
}
