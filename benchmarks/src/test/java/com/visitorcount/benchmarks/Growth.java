package com.visitorcount.benchmarks;

import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * How cost and time grow with pages, views and their visitors, days, and sites: each ten and a
 * hundred times as many beside a small site. A ratio of 1 is flat, and one of 10 or 100 linear.
 */
final class Growth {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 10);
  private static final int TIMES_A_QUESTION_IS_ASKED = 9;

  /** Some sites that are alike. */
  private record Load(int pages, int viewsADay, int days, int sites) {}

  private static final Load SMALL = new Load(30, 1_000, 3, 1);

  private Growth() {}

  static void run(Results results) {
    // compiles
    measure(SMALL);
    Map<String, Double> small = measure(SMALL);
    compare("pages", times -> new Load(30 * times, 1_000, 3, 1), small, results);
    compare("views and visitors", times -> new Load(30, 1_000 * times, 3, 1), small, results);
    compare("days", times -> new Load(30, 1_000, 3 * times, 1), small, results);
    compare("sites", times -> new Load(30, 1_000, 3, times), small, results);
  }

  private static void compare(
      String what, IntFunction<Load> load, Map<String, Double> small, Results results) {
    for (int times : new int[] {10, 100}) {
      measure(load.apply(times))
          .forEach(
              (figure, value) -> {
                int comma = figure.lastIndexOf(", ");
                results.add(
                    Result.compared(
                            figure.substring(0, comma) + ", " + what + " × " + times,
                            value,
                            small.get(figure),
                            "× 1",
                            figure.substring(comma + 2),
                            1)
                        .withoutGoal());
              });
    }
  }

  /** Figures by name and unit. */
  private static Map<String, Double> measure(Load load) {
    MeteredHistory history = new MeteredHistory();
    history.table().compaction().run(at(FIRST), () -> false);
    List<Traffic> sites = new ArrayList<>();
    for (int site = 0; site < load.sites(); site++) {
      sites.add(new Traffic(site(site), site, load.pages()));
    }
    double closing = 0;
    double units = 0;
    for (int day = 0; day < load.days(); day++) {
      LocalDate date = FIRST.plusDays(day);
      for (Traffic site : sites) {
        history
            .table()
            .chunks()
            .store(site.day(date, load.viewsADay()), date.atTime(23, 59).toInstant(ZoneOffset.UTC));
      }
      double before = written(history);
      closing +=
          cpuMillis(
              () -> history.table().compaction().run(at(date.plusDays(2)), () -> false).days());
      units += written(history) - before;
    }
    LocalDate last = FIRST.plusDays(load.days() - 1L);
    Clock clock = Clock.fixed(at(last.plusDays(3)), ZoneOffset.UTC);
    Statistics statistics = new Statistics(history.table().history(clock), clock);
    Question all = question(last, List.of());
    Question filtered =
        question(last, List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), false)));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("closing a day of all sites, ms of CPU", closing / load.days());
    figures.put("closing a day of all sites, write units", units / load.days());
    ask("totals of all days", () -> statistics.aggregate(all), history, figures);
    ask(
        "pages of all days, two countries",
        () -> statistics.split(filtered, Dimension.PAGE),
        history,
        figures);
    return figures;
  }

  private static void ask(
      String name, Supplier<?> question, MeteredHistory history, Map<String, Double> figures) {
    double before = history.readUnits();
    if (question.get() == null) {
      throw new IllegalStateException("no answer");
    }
    figures.put(name + ", read units", history.readUnits() - before);
    double[] millis = new double[TIMES_A_QUESTION_IS_ASKED];
    Arrays.setAll(millis, i -> cpuMillis(question));
    figures.put(name + ", ms of CPU", Result.median(millis));
  }

  private static Question question(LocalDate last, List<Filter> filters) {
    return new Question(site(0), FIRST, last, ZoneOffset.UTC, filters);
  }

  private static String site(int number) {
    return "site-" + number + ".example";
  }

  private static Instant at(LocalDate day) {
    return day.atTime(3, 10).toInstant(ZoneOffset.UTC);
  }

  private static double cpuMillis(Supplier<?> work) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    if (work.get() == null) {
      throw new IllegalStateException("no answer");
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static double written(MeteredHistory history) {
    return history.units().values().stream().mapToLong(Long::longValue).sum();
  }
}
