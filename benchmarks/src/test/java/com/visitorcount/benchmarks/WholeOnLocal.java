package com.visitorcount.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.local.LocalOptions;
import com.visitorcount.local.Main;
import com.visitorcount.sam.database.Dynalite;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Views that browsers send to the whole product on one machine, as {@code mvn -Plocal} runs it,
 * with history on, and to a counter as tutorials have it behind Node's HTTP server. Each has a
 * DynamoDB emulator of its own, which is part of the latency, and neither of the processor time nor
 * of the memory. Both get as many views as they can answer, {@value #AT_ONCE} at once, and take
 * turns; a view that is answered by an error, or missing in the end, makes the run void.
 */
final class WholeOnLocal {
  private static final int AT_ONCE = 16;
  private static final int ROUNDS = 7;
  private static final int WARM_UP_VIEWS = 3_000;
  private static final int VIEWS_IN_A_ROUND = 600;
  private static final int PAGES = 50;
  private static final String RIVAL = "ADD behind Node's HTTP server";
  private static final String TABLE = "VisitorCount";
  private static final String HISTORY_TABLE = "VisitorHistory";
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final Pattern READY =
      Pattern.compile("READY site=\\S+ increment=(\\S+) read=\\S+ dynamodb=(\\S+)");

  /** What a number of views took. */
  private record Round(double viewsASecond, double p50, double p99, double cpuMillis) {}

  /** Something that counts views. */
  private record Counter(URI address, URI database, Process process) {
    double cpuMillis() {
      return process.info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** As Linux says. */
    double residentMegabytes() throws IOException {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1_024;
        }
      }
      throw new IOException("no VmRSS");
    }
  }

  private final HttpClient browser =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicInteger number = new AtomicInteger();
  private final ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);

  private WholeOnLocal() {}

  static void run(Path module, Results results) throws Exception {
    List<String> rival = new Rivals(module).node("server.mjs").orElse(null);
    if (rival == null) {
      results.notRun("the whole", RIVAL, "npm packages cannot be installed");
      return;
    }
    WholeOnLocal benchmark = new WholeOnLocal();
    List<Process> started = new ArrayList<>();
    try (Dynalite dynalite =
        Dynalite.start(module.resolveSibling("sam-runner"), null, Set.of(), Map.of())) {
      Counter product = product(module.getParent(), started);
      Counter plain = plain(rival, dynalite.endpoint(), started);
      benchmark.compare(product, plain, results);
    } finally {
      started.forEach(Process::destroy);
      benchmark.executor.shutdownNow();
    }
    results.notRun("the whole", "Moe-Counter", "it is in no npm package");
  }

  private static Counter product(Path root, List<Process> started) throws IOException {
    LocalOptions options = new LocalOptions(root, 0, null, Map.of("TrustedIpHeader", "X-Real-Ip"));
    Process process =
        Main.jvm(options, "com.visitorcount.local.LocalRun", List.of("-Xmx400m"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    BufferedReader output = process.inputReader(UTF_8);
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        forget(output);
        return new Counter(URI.create(ready.group(1)), URI.create(ready.group(2)), process);
      }
    }
    throw new IOException("the product does not start");
  }

  /** The log, which would fill the pipe. */
  private static void forget(BufferedReader output) {
    Thread thread = new Thread(() -> output.lines().forEach(line -> {}), "log");
    thread.setDaemon(true);
    thread.start();
  }

  private static Counter plain(List<String> command, URI database, List<Process> started)
      throws IOException {
    try (DynamoDbClient client = client(database)) {
      Exactness.createTable(client);
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    Rivals.setEnvironment(
        builder, Map.of("TABLE_NAME", TABLE, "AWS_ENDPOINT_URL_DYNAMODB", database.toString()));
    Process process = builder.start();
    started.add(process);
    BufferedReader output = process.inputReader(UTF_8);
    URI address = URI.create("http://127.0.0.1:" + output.readLine() + "/");
    forget(output);
    return new Counter(address, database, process);
  }

  private static DynamoDbClient client(URI database) {
    return DynamoDbClients.patient()
        .endpointOverride(database)
        .region(Rivals.REGION)
        .credentialsProvider(Rivals.CREDENTIALS)
        .build();
  }

  private void compare(Counter ours, Counter rival, Results results) throws Exception {
    views(ours, WARM_UP_VIEWS);
    views(rival, WARM_UP_VIEWS);
    List<Round> our = new ArrayList<>();
    List<Round> their = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        our.add(views(ours, VIEWS_IN_A_ROUND));
        their.add(views(rival, VIEWS_IN_A_ROUND));
      } else {
        their.add(views(rival, VIEWS_IN_A_ROUND));
        our.add(views(ours, VIEWS_IN_A_ROUND));
      }
    }
    long sent = WARM_UP_VIEWS + (long) ROUNDS * VIEWS_IN_A_ROUND;
    if (counted(ours) != sent || counted(rival) != sent) {
      throw new IllegalStateException(
          "of %d views, %d and %d are counted; the run is void"
              .formatted(sent, counted(ours), counted(rival)));
    }
    if (items(ours.database(), HISTORY_TABLE).isEmpty()) {
      throw new IllegalStateException("there is no history; the run is void");
    }
    results.add(
        Result.alone(
            "views a second, ours",
            Result.median(figures(our, Round::viewsASecond)),
            "a second, 16 at once"));
    results.add(
        Result.alone(
            "views a second, " + RIVAL,
            Result.median(figures(their, Round::viewsASecond)),
            "a second, 16 at once"));
    compare("median time of a view", our, their, Round::p50, "ms, 16 at once", results);
    compare("p99 of the time of a view", our, their, Round::p99, "ms, 16 at once", results);
    compare("CPU of a view", our, their, Round::cpuMillis, "ms of CPU", results);
    results.add(
        Result.compared(
                "memory after 7,200 views",
                ours.residentMegabytes(),
                rival.residentMegabytes(),
                RIVAL,
                "MB resident",
                1)
            .withoutGoal());
  }

  private static void compare(
      String name,
      List<Round> our,
      List<Round> their,
      ToDoubleFunction<Round> figure,
      String unit,
      Results results) {
    results.add(
        Result.ofRounds(name, figures(our, figure), figures(their, figure), RIVAL, unit, 1)
            .withoutGoal());
  }

  private static double[] figures(List<Round> rounds, ToDoubleFunction<Round> figure) {
    return rounds.stream().mapToDouble(figure).toArray();
  }

  private Round views(Counter counter, int views) throws Exception {
    double cpu = counter.cpuMillis();
    List<Callable<Long>> calls = new ArrayList<>();
    for (int i = 0; i < views; i++) {
      calls.add(() -> view(counter.address()));
    }
    long start = System.nanoTime();
    double[] millis = new double[views];
    int next = 0;
    for (Future<Long> view : executor.invokeAll(calls)) {
      millis[next++] = view.get() / 1e6;
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(millis);
    return new Round(
        views / seconds,
        millis[views / 2],
        millis[views * 99 / 100],
        (counter.cpuMillis() - cpu) / views);
  }

  private long view(URI address) throws IOException, InterruptedException {
    int its = number.incrementAndGet();
    String page = "example.com/page-" + its % PAGES;
    String body =
        "{\"url\":\"https://%s\",\"page\":\"%s\",\"id\":\"view-%d\"}".formatted(page, page, its);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "text/plain")
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0")
            .header("X-Real-Ip", "198.18." + its / 250 % 250 + "." + (1 + its % 250))
            .POST(BodyPublishers.ofString(body))
            .build();
    long start = System.nanoTime();
    HttpResponse<String> answer = browser.send(request, BodyHandlers.ofString());
    while (answer.statusCode() == UNAVAILABLE) {
      // with the same id, as the tracker does; it takes longer
      answer = browser.send(request, BodyHandlers.ofString());
    }
    long nanos = System.nanoTime() - start;
    if (answer.statusCode() != OK) {
      throw new IOException("a view is answered " + answer.statusCode() + "; the run is void");
    }
    return nanos;
  }

  private static long counted(Counter counter) {
    return items(counter.database(), TABLE).stream()
        .filter(item -> item.containsKey("views"))
        .mapToLong(item -> Long.parseLong(item.get("views").n()))
        .sum();
  }

  private static List<Map<String, AttributeValue>> items(URI database, String table) {
    try (DynamoDbClient client = client(database)) {
      return client.scanPaginator(scan -> scan.tableName(table)).items().stream().toList();
    }
  }
}
