package com.visitorcount.history;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures the most expensive filter that the limits allow, on a closed day with {@value #PAGES}
 * different pages of {@value #PAGE_CHARS} characters: CPU time of the first question in the process
 * and of {@value #ROUNDS} more, next to a cheap filter. The table is in memory, so DynamoDB's time
 * is not included. Run by hand, with the test class path of this module: {@code java -Xmx400m
 * com.visitorcount.history.WorstFilterBenchmark}, which is what 512 MB leave for the heap.
 */
public final class WorstFilterBenchmark {
  private static final String SITE = "example.com";
  private static final int PAGES = 30_000;
  private static final int PAGE_CHARS = 500;
  private static final int ROUNDS = 7;

  private static final LocalDate DAY = LocalDate.of(2026, 11, 20);
  private static final Clock CLOCK =
      Clock.fixed(DAY.plusDays(3).atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC);

  private WorstFilterBenchmark() {}

  public static void main(String[] args) {
    InMemoryItems items = new InMemoryItems();
    new Chunks(items).store(rows(), DAY.atTime(23, 59).toInstant(ZoneOffset.UTC));
    new ClosedDays(items, SITE).close(DAY, 1);
    items.expire(Long.MAX_VALUE);
    Statistics statistics = new Statistics(new StoredHistory(items, CLOCK), CLOCK);
    System.out.printf(
        Locale.ROOT,
        "%,d pages; heap of at most %d MB%n",
        PAGES,
        Runtime.getRuntime().maxMemory() >> 20);
    measure(statistics, "worst filter", List.of(worst()));
    measure(
        statistics,
        "cheap filter",
        List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false)));
  }

  /**
   * Patterns with a state for each character that match no page but stay active to its end;
   * negated, so that all rows are summed afterwards.
   */
  private static Filter worst() {
    List<String> patterns = new ArrayList<>();
    for (int chars = Question.MAX_FILTER_CHARS; chars > 0; chars -= Filter.MAX_CHARS) {
      int length = Math.min(chars, Filter.MAX_CHARS);
      patterns.add("**" + "a".repeat(length - 3) + "b");
    }
    return new Filter(Dimension.PAGE, patterns, true);
  }

  private static List<Row> rows() {
    long start = DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    Facts facts = new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");
    List<Row> rows = new ArrayList<>(PAGES);
    for (int i = 0; i < PAGES; i++) {
      String page = SITE + "/" + i + "a".repeat(PAGE_CHARS);
      rows.add(
          new Row(
              PageId.ofKey(page.substring(0, PAGE_CHARS)),
              1,
              1,
              start + i,
              facts,
              "visitor-" + i / 3));
    }
    return rows;
  }

  private static void measure(Statistics statistics, String what, List<Filter> filters) {
    Question question = new Question(SITE, DAY, DAY, ZoneOffset.UTC, filters);
    StringBuilder line = new StringBuilder(what).append(", ms of CPU:");
    for (int i = 0; i <= ROUNDS; i++) {
      long start = cpu();
      statistics.split(question, Dimension.SOURCE);
      line.append(String.format(Locale.ROOT, " %d", (cpu() - start) / 1_000_000));
    }
    System.out.println(line);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
