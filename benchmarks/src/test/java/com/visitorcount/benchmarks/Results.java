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

/** All results of a run. */
final class Results {
  private final List<Result> results = new ArrayList<>();

  /** Comparisons whose rival is not installed: neither met nor missed. */
  private final List<String> notHere = new ArrayList<>();

  void add(Result result) {
    results.add(result);
    System.out.println(row(result));
  }

  /** A comparison that cannot be made, because this machine does not have the rival. */
  void notHere(String name, String rivalName) {
    String row = "| %s | | | %s | not here | | |".formatted(name, rivalName);
    notHere.add(row);
    System.out.println(row);
  }

  /** Where and when this runs, and what else the machine had to do when it began. */
  String conditions() {
    return String.format(
        Locale.ROOT,
        "%s, %s, Java %s, %d cores, load %.1f",
        LocalDate.now(ZoneOffset.UTC),
        System.getProperty("os.arch"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** Names of the comparisons that miss their goals. */
  List<String> missed() {
    return results.stream().filter(result -> !result.met()).map(Result::name).toList();
  }

  /** The results for {@code docs/performance.md}. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| | ours | rival | | ratio (least–most) | goal | met |\n");
    table.append("| --- | --: | --: | --- | --: | --: | --- |\n");
    results.forEach(result -> table.append(row(result)).append('\n'));
    notHere.forEach(row -> table.append(row).append('\n'));
    return table.toString();
  }

  private static String row(Result result) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s, %s | %.3f (%.3f–%.3f) | %s | %s |",
        result.name(),
        figure(result.ours()),
        figure(result.rival()),
        result.rivalName(),
        result.unit(),
        result.ratio(),
        result.least(),
        result.most(),
        result.goal(),
        result.met() ? "yes" : "**no**");
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
  }

  void write(Path target) throws IOException {
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(target.resolve("results.json"), json.writeValueAsString(results) + "\n");
    Files.writeString(target.resolve("results.md"), conditions() + "\n\n" + table());
  }
}
