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
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Measures the starts of functions, primed and not, and of a tutorial's counter in Python: each in
 * a fresh process under the same runtime API, against the same store over TLS, in turn. For the
 * benchmarks.
 */
public final class ColdStarts {
  /** Names of what is measured. */
  public static final String INCREMENT = "increment, no snapshot";

  public static final String INCREMENT_PRIMED = "increment, primed";
  public static final String READ = "read, no snapshot";
  public static final String READ_PRIMED = "read, primed";
  public static final String ROLLUP = "rollup";
  public static final String COMPACT = "compact";
  public static final String PYTHON = "Python";

  private static final int TRIES = 3;

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
          "id":"v1","tz":"Europe/Berlin","w":6}\
          """);

  /** A way to start a process. */
  @FunctionalInterface
  private interface Start {
    PackagedFunction in(Path directory) throws IOException;
  }

  private record Subject(String name, Start start, String event) {}

  /**
   * One process, in milliseconds.
   *
   * @param init from its start until it asks for its first event, or with a snapshot, for its
   *     restore
   * @param first from the first event to its answer
   * @param initCpu CPU of all its threads in {@code init}
   * @param cpu CPU of all its threads from its start to the first answer
   */
  public record Sample(double init, double first, double initCpu, double cpu) {}

  private final Path tasks;

  private ColdStarts(Path tasks) {
    this.tasks = tasks;
  }

  /**
   * Starts each as often as there are rounds, in another order each round.
   *
   * @param withPython whether Python is here, with boto3
   * @return by name, as many samples as rounds
   * @throws IllegalStateException if an answer is wrong
   */
  public static Map<String, List<Sample>> measure(int rounds, boolean withPython) throws Exception {
    Path directory = Files.createTempDirectory("cold-start");
    try (CannedStore store = CannedStore.start(directory)) {
      List<Subject> subjects =
          new ColdStarts(directory.resolve("tasks")).subjects(store, withPython);
      Map<String, List<Sample>> samples = new LinkedHashMap<>();
      subjects.forEach(subject -> samples.put(subject.name, new ArrayList<>()));
      Random random = new Random(1);
      for (int round = 0; round < rounds; round++) {
        Collections.shuffle(subjects, random);
        for (Subject subject : subjects) {
          samples.get(subject.name).add(answered(subject, directory));
        }
      }
      return samples;
    } finally {
      delete(directory);
    }
  }

  /**
   * The size of a function's jar, in bytes.
   *
   * @param module as in {@code lambda-increment}
   */
  public static long jarBytes(String module) throws IOException {
    return Files.size(TestStack.root().resolve(module + "/target/" + module + "-function.jar"));
  }

  private List<Subject> subjects(CannedStore store, boolean withPython) throws IOException {
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
    subjects.add(java(INCREMENT, increment, store, false, VIEW));
    subjects.add(java(INCREMENT_PRIMED, increment, store, true, VIEW));
    subjects.add(java(READ, read, store, false, count));
    subjects.add(java(READ_PRIMED, read, store, true, count));
    subjects.add(java(ROLLUP, rollup, store, true, Events.streamedView("1", 1)));
    subjects.add(java(COMPACT, compact, store, true, Events.hourly()));
    if (withPython) {
      subjects.add(
          new Subject(
              PYTHON,
              process -> python(increment, store, process),
              Events.post("{\"page\":\"a\"}")));
    }
    return subjects;
  }

  private Subject java(
      String name, FunctionResource function, CannedStore store, boolean snapshot, String event) {
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
                "-Djavax.net.ssl.trustStorePassword=" + CannedStore.PASSWORD),
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
    try (InputStream in = ColdStarts.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  /**
   * A start whose first call was answered in time. On a busy machine, some are not; they are
   * started again, up to {@value #TRIES} times in all.
   */
  private static Sample answered(Subject subject, Path directory) throws Exception {
    for (int attempt = 1; ; attempt++) {
      Path process = Files.createTempDirectory(directory, "process");
      try {
        return sample(subject, process);
      } catch (ExecutionException | IllegalStateException e) {
        if (attempt == TRIES) {
          throw e;
        }
      } finally {
        delete(process);
      }
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
      return new Sample(init, first, initProcessor, processor);
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

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
