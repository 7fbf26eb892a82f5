package com.visitorcount.local.packaged;

import com.visitorcount.local.TestStack;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the cost of starting a function, primed and not, and of starting a tutorial's counter in
 * Python: each in a new process under the same runtime API, with the same store over TLS,
 * alternating. Not among the tests: {@code mvn verify -pl local -am -Dtest=ColdStartBenchmark
 * -Dsurefire.failIfNoSpecifiedTests=false}, with {@code -Dbenchmark.rounds=10} or another number.
 */
final class ColdStartBenchmark {
  private static final String VIEW =
      Events.request(
          "POST",
          "/",
          "",
          Map.of(
              "content-type", "text/plain;charset=UTF-8",
              "user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Firefox/145.0"),
          """
          {"url":"https://example.com/a?utm_source=s","referrer":"https://other.example/",\
          "id":"v1","tz":"Europe/Berlin","w":6}""");

  /** A way to start a process. */
  @FunctionalInterface
  private interface Start {
    PackagedFunction in(Path directory) throws IOException;
  }

  private record Subject(String name, Start start, String event) {}

  /** Times of one process in milliseconds: elapsed, and CPU time of all threads. */
  private record Sample(
      double init, double first, double second, double initProcessor, double processor) {}

  @TempDir private Path tasks;

  @Test
  void measure() throws Exception {
    int rounds = Integer.getInteger("benchmark.rounds", 10);
    Path directory = Files.createTempDirectory("cold-start");
    try (CannedStore store = CannedStore.start(directory)) {
      List<Subject> subjects = subjects(store);
      Map<String, List<Sample>> samples = new LinkedHashMap<>();
      subjects.forEach(subject -> samples.put(subject.name, new ArrayList<>()));
      Random random = new Random(1);
      for (int round = 0; round < rounds; round++) {
        Collections.shuffle(subjects, random);
        for (Subject subject : subjects) {
          Path process = Files.createTempDirectory(directory, "process");
          samples.get(subject.name).add(sample(subject, process));
          delete(process);
        }
        System.err.printf("round %d of %d%n", round + 1, rounds);
      }
      print(rounds, samples);
    } finally {
      delete(directory);
    }
    sizes();
  }

  private List<Subject> subjects(CannedStore store) throws IOException {
    Stack stack =
        Template.read(TestStack.template())
            .evaluate(Map.of("AllowedOrigins", "*", "PublicStatistics", "true"));
    FunctionResource increment = stack.function("IncrementFunction");
    FunctionResource read = stack.function("ReadFunction");
    FunctionResource rollup = stack.function("RollupFunction");
    FunctionResource compact = stack.function("CompactFunction");
    for (FunctionResource function : List.of(increment, read, rollup)) {
      Path jar = PackagedFunction.jar(function);
      PackagedFunction.unpack(jar, tasks.resolve(jar.getFileName()));
    }
    List<Subject> subjects = new ArrayList<>();
    String count = Events.get("page=example.com/a");
    subjects.add(java("increment, snapshot, primed", increment, store, true, true, VIEW));
    subjects.add(java("increment, snapshot, not primed", increment, store, true, false, VIEW));
    subjects.add(java("increment, no snapshot", increment, store, false, false, VIEW));
    subjects.add(java("read, snapshot, primed", read, store, true, true, count));
    subjects.add(java("read, snapshot, not primed", read, store, true, false, count));
    subjects.add(java("read, no snapshot", read, store, false, false, count));
    subjects.add(java("rollup, snapshot", rollup, store, true, true, Events.streamedView("1", 1)));
    subjects.add(java("compact, snapshot", compact, store, true, true, Events.hourly()));
    subjects.add(
        new Subject(
            "Python",
            process -> python(increment, store, process),
            Events.post("{\"page\":\"a\"}")));
    return subjects;
  }

  private Subject java(
      String name,
      FunctionResource function,
      CannedStore store,
      boolean snapshot,
      boolean hooks,
      String event) {
    Map<String, String> environment = PackagedFunction.environment(function, store.endpoint());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", snapshot ? "snap-start" : "on-demand");
    return new Subject(
        name,
        process ->
            PackagedFunction.start(
                function,
                tasks.resolve(Path.of(function.codeUri()).getFileName()),
                environment,
                process,
                "-Djavax.net.ssl.trustStore=" + store.keys(),
                "-Djavax.net.ssl.trustStorePassword=" + CannedStore.PASSWORD,
                // if set twice, the last counts; with an unknown name, the hooks are never called
                "-Dorg.crac.Core.Compat="
                    + (hooks ? "com.amazonaws.services.lambda.crac" : "none")),
        event);
  }

  private static PackagedFunction python(
      FunctionResource increment, CannedStore store, Path directory) throws IOException {
    Map<String, String> environment =
        new HashMap<>(PackagedFunction.environment(increment, store.endpoint()));
    environment.put("_HANDLER", "lambda_function.lambda_handler");
    environment.put("AWS_DEFAULT_REGION", environment.get("AWS_REGION"));
    environment.put("AWS_CA_BUNDLE", store.certificate().toString());
    // on Lambda the libraries are precompiled, and nothing is written
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    for (String file : List.of("bootstrap.py", "lambda_function.py")) {
      Files.write(directory.resolve(file), resource(file));
    }
    return PackagedFunction.start(
        List.of("python3", "bootstrap.py"), environment, directory, directory);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ColdStartBenchmark.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static Sample sample(Subject subject, Path directory) throws Exception {
    long start = System.nanoTime();
    try (PackagedFunction function = subject.start.in(directory)) {
      function.awaitInit();
      double init = millisSince(start);
      double initProcessor = function.processorTime().toMillis();
      double first = invoke(function, subject);
      double processor = function.processorTime().toMillis();
      double second = invoke(function, subject);
      return new Sample(init, first, second, initProcessor, processor);
    }
  }

  private static double invoke(PackagedFunction function, Subject subject) throws Exception {
    long start = System.nanoTime();
    PackagedFunction.Outcome outcome = function.invoke(subject.event);
    double millis = millisSince(start);
    if (outcome.response().path("statusCode").asInt(200) != 200
        || outcome.response().has("errorMessage")) {
      throw new IllegalStateException(subject.name + ": " + outcome);
    }
    return millis;
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static void print(int rounds, Map<String, List<Sample>> samples) {
    System.out.printf(
        "%d rounds; median (least–most), ms%n%n"
            + "| | start | its CPU | first request | second | CPU to the first answer |%n"
            + "| --- | --- | --- | --- | --- | --- |%n",
        rounds);
    samples.forEach(
        (name, of) ->
            System.out.printf(
                "| %s | %s | %s | %s | %s | %s |%n",
                name,
                range(of.stream().mapToDouble(Sample::init).toArray()),
                range(of.stream().mapToDouble(Sample::initProcessor).toArray()),
                range(of.stream().mapToDouble(Sample::first).toArray()),
                range(of.stream().mapToDouble(Sample::second).toArray()),
                range(of.stream().mapToDouble(Sample::processor).toArray())));
  }

  private static String range(double[] values) {
    Arrays.sort(values);
    double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
    return String.format(
        Locale.ROOT, "%.0f (%.0f–%.0f)", median, values[0], values[values.length - 1]);
  }

  private static void sizes() throws IOException {
    for (String module : List.of("lambda-increment", "lambda-read", "lambda-rollup")) {
      Path jar = TestStack.root().resolve(module + "/target/" + module + "-function.jar");
      System.out.printf("%s: %,d bytes%n", jar.getFileName(), Files.size(jar));
    }
    System.out.printf("lambda_function.py: %,d bytes%n", resource("lambda_function.py").length);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
