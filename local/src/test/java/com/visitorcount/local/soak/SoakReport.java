package com.visitorcount.local.soak;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import com.visitorcount.local.soak.Answers.Asked;
import com.visitorcount.local.store.FaultProxy.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The report on a run, as Markdown. */
final class SoakReport {
  private static final double MEGABYTE = 1 << 20;

  /** Tolerance for the heap after a collection: temporary data varies in size. */
  private static final double HEAP_PART = 0.1;

  private static final double HEAP_SLACK = 8 * MEGABYTE;

  /** Tolerance for threads and handles, which vary with the number of concurrent requests. */
  private static final double COUNT_PART = 0.1;

  private static final double COUNT_SLACK = 16;

  private final List<String> faults = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /** Adds a fault. */
  void fault(String what) {
    faults.add(what);
  }

  void faults(String when, List<String> what) {
    what.forEach(fault -> faults.add(when + ": " + fault));
  }

  /** Adds a row to the table of figures. */
  void figure(String what, String value, Object... arguments) {
    lines.add("| %s | %s |".formatted(what, String.format(Locale.ROOT, value, arguments)));
  }

  void answers(Answers answers) {
    lines.add("");
    lines.add("| request | answered | p50 ms | p99 ms | longest ms |");
    lines.add("| --- | ---: | ---: | ---: | ---: |");
    for (Asked asked : Asked.values()) {
      Latencies latencies = answers.latencies(asked);
      lines.add(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.0f | %.0f | %,.0f |",
              asked.title(),
              latencies.count(),
              latencies.quantile(0.5),
              latencies.quantile(0.99),
              latencies.quantile(1)));
    }
  }

  void injected(Map<Fault, Long> injected) {
    figure(
        "faults before DynamoDB",
        "%s",
        injected.entrySet().stream()
            .filter(entry -> entry.getKey() != Fault.NONE)
            .map(entry -> String.format(Locale.ROOT, "%s %,d", entry.getKey(), entry.getValue()))
            .collect(joining(", ")));
  }

  /** Reports memory, threads and handles in each life, and whether they grew. */
  void samples(List<Sample> samples) {
    lines.add("");
    lines.add("From the median of the first third to that of the last, after a fifth for warm-up:");
    Map<Integer, List<Sample>> lives =
        samples.stream().collect(groupingBy(Sample::life, TreeMap::new, toList()));
    lines.add("");
    lines.add(
        "| | " + lives.keySet().stream().map(it -> "start " + it).collect(joining(" | ")) + " |");
    lines.add("| --- |" + " ---: |".repeat(lives.size()));
    trend(
        lives,
        "heap after collection, MB",
        MEGABYTE,
        true,
        HEAP_PART,
        HEAP_SLACK,
        sample -> sample.figures().heapBytes());
    trend(
        lives,
        "metaspace, code, buffers, MB",
        MEGABYTE,
        true,
        HEAP_PART,
        HEAP_SLACK,
        sample -> sample.figures().otherBytes());
    trend(
        lives,
        "resident memory of the JVM, MB",
        MEGABYTE,
        false,
        0,
        0,
        sample -> sample.jvm().residentBytes());
    trend(
        lives,
        "threads of the JVM",
        1,
        true,
        COUNT_PART,
        COUNT_SLACK,
        sample -> sample.figures().threads());
    trend(
        lives,
        "handles of the JVM",
        1,
        true,
        COUNT_PART,
        COUNT_SLACK,
        sample -> sample.figures().handles());
    trend(
        lives,
        "resident memory of dynalite, MB",
        MEGABYTE,
        false,
        0,
        0,
        sample -> sample.database().residentBytes());
    trend(
        lives,
        "threads of dynalite",
        1,
        true,
        COUNT_PART,
        COUNT_SLACK,
        sample -> sample.database().threads());
    trend(lives, "handles of dynalite", 1, false, 0, 0, sample -> sample.database().handles());
  }

  private void trend(
      Map<Integer, List<Sample>> lives,
      String what,
      double unit,
      boolean mustBeFlat,
      double part,
      double slack,
      ToLongFunction<Sample> value) {
    List<String> cells = new ArrayList<>();
    lives.forEach(
        (life, samples) -> {
          List<Sample> collected = samples.stream().filter(Sample::collected).toList();
          if (!Trend.isKnown(collected)) {
            cells.add("too short");
            return;
          }
          Trend trend = Trend.of(collected, value);
          cells.add(trend.text(unit));
          if (mustBeFlat && trend.hasGrown(part, slack)) {
            fault("%s grew after start %d: %s".formatted(what, life, trend.text(unit)));
          }
        });
    lines.add("| " + what + " | " + String.join(" | ", cells) + " |");
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  String markdown() {
    List<String> text = new ArrayList<>();
    text.add("| | |");
    text.add("| --- | --- |");
    text.addAll(lines);
    text.add("");
    text.add(faults.isEmpty() ? "Nothing is off." : "OFF:");
    faults.forEach(fault -> text.add("- " + fault));
    return String.join("\n", text) + "\n";
  }
}
