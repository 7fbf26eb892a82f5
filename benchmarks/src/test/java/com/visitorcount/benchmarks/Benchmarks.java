package com.visitorcount.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** Runs all comparisons, and leaves {@code results.json} and {@code results.md}. */
public final class Benchmarks {
  private Benchmarks() {}

  /**
   * Runs all of them.
   *
   * @param args the directory of this module; results are left in its {@code target}
   */
  public static void main(String[] args) throws Exception {
    Path module = Path.of(args[0]);
    Path target = module.resolve("target");
    Results results = new Results();
    System.out.println(results.conditions());
    CountingPath.run(module, results);
    HistoryBesideDuckDb.run(target, results);
    results.write(target);
    System.out.println(results.table());
    List<String> missed = results.missed();
    System.out.println(missed.isEmpty() ? "All goals are met." : "Missed: " + missed);
  }
}
