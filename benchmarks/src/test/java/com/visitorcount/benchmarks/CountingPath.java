package com.visitorcount.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What a view takes from the handler's event to its answer, beside the same count without anything
 * around it, in three languages. Each counter is a process of its own and calls the same table over
 * loopback, without TLS; they take turns, in another order each round. A counter that answers with
 * another number than the views it was sent ends the run.
 */
final class CountingPath {
  private static final int WARM_UP = 12_000;
  private static final int ROUNDS = 9;
  private static final int VIEWS_IN_A_ROUND = 2_000;

  private static final String OURS = "ours";
  private static final String BARE = "the SDK's call alone, in Java";
  private static final String PYTHON = "boto3";
  private static final String NODE = "AWS SDK for JavaScript";

  private CountingPath() {}

  /**
   * Runs it.
   *
   * @param module directory of this module
   */
  static void run(Path module, Results results) throws IOException, InterruptedException {
    Process stub = stub();
    try (BufferedReader port = stub.inputReader(StandardCharsets.UTF_8)) {
      Map<String, String> environment = environment("http://127.0.0.1:" + port.readLine());
      Map<String, CountingProcess> counters = new LinkedHashMap<>();
      try {
        counters.put(OURS, CountingProcess.java(OurCounter.class, environment));
        counters.put(BARE, CountingProcess.java(BareCounter.class, environment));
        Path sources = module.resolve("src/test");
        if (succeeds(module, "python3", "-c", "import boto3")) {
          counters.put(
              PYTHON,
              CountingProcess.start(
                  List.of("python3", sources.resolve("python/counter.py").toString()),
                  environment));
        }
        if (succeeds(module, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")) {
          counters.put(
              NODE,
              CountingProcess.start(
                  List.of("node", sources.resolve("node/counter.mjs").toString()), environment));
        }
        report(rounds(counters), results);
      } finally {
        counters.values().forEach(CountingProcess::close);
      }
    } finally {
      stub.destroy();
    }
  }

  private static void report(Map<String, List<CountingProcess.Round>> rounds, Results results) {
    String cpu = "CPU of a view, ";
    ToDoubleFunction<CountingProcess.Round> cpuMicros = CountingProcess.Round::cpuMicros;
    compare(rounds, cpu + "Python", PYTHON, cpuMicros, "µs", 0.6, results);
    compare(rounds, cpu + "Node", NODE, cpuMicros, "µs", 0.9, results);
    compare(rounds, cpu + "bare", BARE, cpuMicros, "µs", 1.8, results);
    compare(
        rounds,
        "median time of a view, bare",
        BARE,
        CountingProcess.Round::p50Micros,
        "µs",
        1.6,
        results);
    compare(
        rounds,
        "memory allocated for a view, bare",
        BARE,
        CountingProcess.Round::bytes,
        "bytes",
        1.4,
        results);
  }

  private static void compare(
      Map<String, List<CountingProcess.Round>> rounds,
      String name,
      String rival,
      ToDoubleFunction<CountingProcess.Round> figure,
      String unit,
      double goal,
      Results results) {
    List<CountingProcess.Round> theirs = rounds.get(rival);
    if (theirs == null) {
      results.notRun(name, rival, "it is not on this machine");
      return;
    }
    results.add(
        Result.ofRounds(
            name, figures(rounds.get(OURS), figure), figures(theirs, figure), rival, unit, goal));
  }

  private static double[] figures(
      List<CountingProcess.Round> rounds, ToDoubleFunction<CountingProcess.Round> figure) {
    return rounds.stream().mapToDouble(figure).toArray();
  }

  private static Map<String, List<CountingProcess.Round>> rounds(
      Map<String, CountingProcess> counters) throws IOException {
    Map<String, List<CountingProcess.Round>> rounds = new LinkedHashMap<>();
    for (Map.Entry<String, CountingProcess> counter : counters.entrySet()) {
      counter.getValue().count(WARM_UP);
      rounds.put(counter.getKey(), new ArrayList<>());
    }
    List<String> order = new ArrayList<>(counters.keySet());
    for (int round = 0; round < ROUNDS; round++) {
      for (String name : order) {
        rounds.get(name).add(counters.get(name).count(VIEWS_IN_A_ROUND));
      }
      Collections.rotate(order, 1);
    }
    return rounds;
  }

  private static Process stub() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-Xmx100m",
            "-classpath",
            System.getProperty("java.class.path"),
            StubDynamoDb.class.getName())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** That of the deployed function, with everything on that a view can pass. */
  private static Map<String, String> environment(String endpoint) {
    return Map.ofEntries(
        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", endpoint),
        Map.entry("AWS_REGION", "us-east-1"),
        Map.entry("AWS_DEFAULT_REGION", "us-east-1"),
        Map.entry("AWS_ACCESS_KEY_ID", "nobody"),
        Map.entry("AWS_SECRET_ACCESS_KEY", "nothing"),
        Map.entry("AWS_LAMBDA_FUNCTION_NAME", "visitorcount"),
        Map.entry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"),
        Map.entry("POWERTOOLS_SERVICE_NAME", "VisitorCount"),
        Map.entry("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount"),
        Map.entry("TABLE_NAME", "VisitorCount"),
        Map.entry("ALLOWED_ORIGINS", "https://example.com,https://www.example.com"),
        Map.entry("SITES", "example.com"),
        Map.entry("SITE_ALIASES", "www.example.com=example.com"),
        Map.entry("KEPT_QUERY_PARAMETERS", "id"),
        Map.entry("COUNTING_IMAGE", "true"),
        Map.entry("EXCLUDED_IPS", "203.0.113.1,203.0.113.2"),
        Map.entry("PUBLIC_COUNTS", "all"),
        Map.entry("SENDER_TOKEN_SHA256", "0".repeat(64)),
        Map.entry("CLIENT_REQUESTS_PER_SECOND", "20"));
  }

  private static boolean succeeds(Path directory, String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      // no such program
      return false;
    }
  }
}
