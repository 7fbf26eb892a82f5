package com.visitorcount.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs all benchmarks, and leaves {@code results.json} and {@code results.md}. Those that {@code
 * -Dbenchmarks.only} names, with commas between them, run alone.
 */
public final class Benchmarks {
  @FunctionalInterface
  private interface Benchmark {
    /**
     * Runs it.
     *
     * @param module directory of this module
     * @throws Exception if an answer is wrong, so that the run is void
     */
    void run(Path module, Results results) throws Exception;
  }

  private static final Map<String, Benchmark> BENCHMARKS = benchmarks();

  private Benchmarks() {}

  private static Map<String, Benchmark> benchmarks() {
    Map<String, Benchmark> benchmarks = new LinkedHashMap<>();
    benchmarks.put("Counting path", CountingPath::run);
    benchmarks.put("Cold start", ColdStart::run);
    benchmarks.put("Exactness", Exactness::run);
    benchmarks.put(
        "History", (module, results) -> HistoryBesideDuckDb.run(module.resolve("target"), results));
    benchmarks.put("History by volume", (module, results) -> HistoryVolumes.run(results));
    benchmarks.put("Growth", (module, results) -> Growth.run(results));
    benchmarks.put("In the browser", InTheBrowser::run);
    benchmarks.put("The whole", WholeOnLocal::run);
    return benchmarks;
  }

  /**
   * Runs them. A benchmark that fails takes no other one with it.
   *
   * @param args the directory of this module; results are left in its {@code target}
   */
  public static void main(String[] args) throws Exception {
    Path module = Path.of(args[0]);
    Path target = Files.createDirectories(module.resolve("target"));
    String only = System.getProperty("benchmarks.only", "");
    List<String> names =
        only.isEmpty() ? List.copyOf(BENCHMARKS.keySet()) : List.of(only.split(","));
    Results results = new Results();
    int failed = 0;
    for (String name : names) {
      Instant start = Instant.now();
      results.section(name);
      try {
        BENCHMARKS.get(name).run(module, results);
      } catch (Exception | AssertionError | LinkageError e) {
        failed++;
        e.printStackTrace();
        results.notRun("all, or the rest", "", "it failed, " + e.getMessage());
      }
      System.out.printf("%s took %d s%n", name, Duration.between(start, Instant.now()).toSeconds());
      results.write(target);
    }
    System.out.println(Files.readString(target.resolve("results.md")));
    // threads of a rival that still wait for an answer
    System.exit(failed);
  }
}
