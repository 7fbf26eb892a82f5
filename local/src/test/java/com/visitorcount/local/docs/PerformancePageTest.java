package com.visitorcount.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the texts say of performance is what a run of the benchmarks measured. */
final class PerformancePageTest {
  private static final Path ROOT = TestStack.root();
  private static final Path RESULTS = ROOT.resolve("benchmarks/results.json");

  @Test
  void page_hasEachResultOfTheRunOnceAndNoOther() throws IOException {
    Markdown page = Markdown.read(ROOT.resolve("docs/performance.md"));

    assertThat(figures(page)).containsExactlyInAnyOrderElementsOf(results());
  }

  /** The README may have fewer, with the same figures. */
  @Test
  void readme_hasOnlyFiguresOfTheRun() throws IOException {
    List<String> figures = figures(Markdown.read(ROOT.resolve("README.md")));

    assertThat(results()).containsAll(figures);
    assertThat(figures).hasSizeGreaterThan(3);
  }

  @Test
  void goals_areMetOrMissedByTheirRatios() throws IOException {
    for (JsonNode result : read()) {
      if (result.path("goal").isNumber()) {
        assertThat(result.path("met").booleanValue())
            .as(result.toString())
            .isEqualTo(result.path("ratio").doubleValue() <= result.path("goal").doubleValue());
      }
    }
  }

  /** Rows of all tables of results, save for what was not run. */
  private static List<String> figures(Markdown text) {
    List<String> rows = new ArrayList<>();
    boolean within = false;
    for (String line : text.prose()) {
      within = line.startsWith("| ") && (within || isHead(line));
      if (within && !isHead(line) && !line.startsWith("| ---") && !line.contains("| not run: ")) {
        rows.add(line.replace("**", "").replaceAll("\\s+", " "));
      }
    }
    return rows;
  }

  private static boolean isHead(String line) {
    return line.replaceAll("\\s+", "").startsWith("||ours|rival||");
  }

  private static List<String> results() throws IOException {
    List<String> rows = new ArrayList<>();
    read().forEach(result -> rows.add(row(result)));
    return rows;
  }

  private static JsonNode read() throws IOException {
    return new ObjectMapper().readTree(RESULTS.toFile());
  }

  private static String row(JsonNode result) {
    String name = result.path("name").textValue();
    String ours = figure(result.path("ours").doubleValue());
    String unit = result.path("unit").textValue();
    if (result.path("rival").isNull()) {
      return "| %s | %s | | %s | | | |".formatted(name, ours, unit);
    }
    double least = result.path("least").doubleValue();
    double most = result.path("most").doubleValue();
    boolean hasGoal = result.path("goal").isNumber();
    return String.format(
            Locale.ROOT,
            "| %s | %s | %s | %s, %s | %.3f%s | %s | %s |",
            name,
            ours,
            figure(result.path("rival").doubleValue()),
            result.path("rivalName").textValue(),
            unit,
            result.path("ratio").doubleValue(),
            least == most ? "" : String.format(Locale.ROOT, " (%.3f–%.3f)", least, most),
            hasGoal ? result.path("goal").asText() : "",
            hasGoal ? (result.path("met").booleanValue() ? "yes" : "no") : "")
        .replaceAll("\\s+", " ");
  }

  private static String figure(double value) {
    return String.format(
        Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.2f" : "%,.0f", value);
  }
}
