package com.visitorcount.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** All results of a run, and the tables of them. */
final class Results {
  private static final String HEAD =
      """
      | | ours | rival | | ratio (least–most) | goal | met |
      | --- | --: | --: | --- | --: | --: | --- |
      """;

  private final List<Result> results = new ArrayList<>();
  private final StringBuilder tables = new StringBuilder();
  private final String conditions = conditions();
  private String section = "";

  /** Begins a section, with a table of its own. */
  void section(String name) {
    section = name;
    tables.append("\n## ").append(name).append("\n\n").append(HEAD);
    System.out.printf("%n%s%n", name);
  }

  void add(Result result) {
    results.add(result.in(section));
    row(row(result));
  }

  /** A comparison that cannot be made here: neither met nor missed. */
  void notRun(String name, String rivalName, String why) {
    row("| %s | | | %s | not run: %s | | |".formatted(name, rivalName, why));
  }

  private void row(String row) {
    tables.append(row).append('\n');
    System.out.println(row);
  }

  /** Where and when this runs, and what else the machine had to do when it began. */
  private static String conditions() {
    return String.format(
        Locale.ROOT,
        "%s, %s %s, Java %s, %d cores, load %.1f",
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        load());
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The goals that are missed, and how many there are. */
  String summary() {
    List<String> missed =
        results.stream()
            .filter(Result::missed)
            .map(result -> result.section() + ": " + result.name())
            .toList();
    long goals = results.stream().filter(result -> result.goal() != null).count();
    return "%d of %d goals are met.%s"
        .formatted(
            goals - missed.size(),
            goals,
            missed.isEmpty() ? "" : " Missed:\n- " + String.join("\n- ", missed));
  }

  private static String row(Result result) {
    if (result.rival() == null) {
      return "| %s | %s | | %s | | | |"
          .formatted(result.name(), figure(result.ours()), result.unit());
    }
    String range =
        result.least().equals(result.most())
            ? ""
            : String.format(Locale.ROOT, " (%.3f–%.3f)", result.least(), result.most());
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s, %s | %.3f%s | %s | %s |",
        result.name(),
        figure(result.ours()),
        figure(result.rival()),
        result.rivalName(),
        result.unit(),
        result.ratio(),
        range,
        result.goal() == null ? "" : result.goal(),
        result.goal() == null ? "" : result.missed() ? "**no**" : "yes");
  }

  private static String figure(double value) {
    return String.format(
        Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
  }

  /** Leaves {@code results.json} and {@code results.md} in a directory. */
  void write(Path target) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(target.resolve("results.json"), json.writeValueAsString(results) + "\n");
    Files.writeString(
        target.resolve("results.md"),
        String.format(
            Locale.ROOT, "%s, %.1f at the end%n%n%s%n%s", conditions, load(), summary(), tables));
  }
}
