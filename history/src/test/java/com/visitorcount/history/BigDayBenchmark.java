package com.visitorcount.history;

import com.visitorcount.column.PartCodec;
import com.visitorcount.row.Traffic;
import com.visitorcount.statistics.Dimension;
import com.visitorcount.statistics.Filter;
import com.visitorcount.statistics.Interval;
import com.visitorcount.statistics.Question;
import com.visitorcount.statistics.Statistics;
import com.visitorcount.statistics.SummaryBuilder;
import com.visitorcount.statistics.VisitRule;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Questions about a day of ten million views, part by part. The table is in memory, about 30 MB. By
 * hand, with the test class path of this module: {@code java -Xmx400m
 * com.visitorcount.history.BigDayBenchmark}.
 */
public final class BigDayBenchmark {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);
  private static final int PARTS = 313;
  private static final int VIEWS_OF_A_PART = 31_950;

  private BigDayBenchmark() {}

  public static void main(String[] args) {
    InMemoryItems items = new InMemoryItems();
    store(items);
    Clock clock =
        Clock.fixed(DAY.plusDays(5).atStartOfDay(ZoneOffset.UTC).toInstant(), ZoneOffset.UTC);
    Statistics statistics = new Statistics(new StoredHistory(items, clock), clock);
    Filter filter = new Filter(Dimension.COUNTRY, List.of("DE", "US"), false);
    Question question = new Question(SITE, DAY, DAY, ZoneOffset.UTC, List.of(filter));
    for (int round = 0; round < 3; round++) {
      measure("totals", () -> statistics.aggregate(question));
      measure("pages", () -> statistics.split(question, Dimension.PAGE).values().size());
      measure("by hour", () -> statistics.series(question, Interval.HOUR).size());
      measure("sources", () -> statistics.split(question, Dimension.SOURCE).values().size());
    }
    System.out.printf("heap of at most %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
  }

  private static void store(InMemoryItems items) {
    Traffic traffic = new Traffic(SITE, 1);
    List<PartCodec.Encoded> parts = new ArrayList<>();
    SummaryBuilder summary = new SummaryBuilder();
    long views = 0;
    while (parts.size() < PARTS) {
      for (PartCodec.Encoded part :
          PartCodec.encode(traffic.day(DAY, VIEWS_OF_A_PART), VisitRule.CURRENT)) {
        parts.add(part);
        summary.add(PartCodec.decode(part.groups()));
        views += PartCodec.decode(part.groups()).rows();
      }
    }
    String revision = StoredParts.revision(parts);
    new StoredParts(items, SITE).write(DAY, revision, parts, Set.of());
    items.put(new Item(SITE, Keys.summary(DAY), revision, summary.build().encode(), 0));
    System.out.printf(
        Locale.ROOT,
        "%,d views in %d parts, %.2f bytes each%n",
        views,
        parts.size(),
        items.all().stream().mapToLong(item -> item.bytes().length).sum() / (double) views);
  }

  private static void measure(String what, Supplier<?> question) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Object answer = question.get();
    long taken = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    System.out.printf(Locale.ROOT, "%-8s %6.0f ms of CPU, %s%n", what, taken / 1e6, answer);
  }
}
