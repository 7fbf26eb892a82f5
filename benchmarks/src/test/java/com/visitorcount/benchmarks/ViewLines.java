package com.visitorcount.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The part of a counter's process that is the same for all in Java: a line of input, an endpoint
 * and a number, is a view, and many are counted at once, as Lambda would do in many environments.
 */
final class ViewLines {
  private static final int AT_ONCE = 96;

  /** Counts views at an endpoint. */
  @FunctionalInterface
  interface Counter {
    void count(String number);
  }

  private ViewLines() {}

  /**
   * Counts until the end of input.
   *
   * @param counters opens the counter of an endpoint
   */
  static void run(Function<URI, Counter> counters) throws IOException, InterruptedException {
    Map<String, Counter> open = new ConcurrentHashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split(" ", 2);
      executor.execute(
          () ->
              open.computeIfAbsent(words[0], endpoint -> counters.apply(URI.create(endpoint)))
                  .count(words[1]));
    }
    executor.shutdown();
    // clients have threads of their own, which would keep the process alive
    System.exit(executor.awaitTermination(2, TimeUnit.MINUTES) ? 0 : 1);
  }
}
