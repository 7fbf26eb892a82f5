package com.visitorcount.benchmarks;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.counter.DynamoDbCounters;
import com.visitorcount.counter.Writers;
import com.visitorcount.local.store.FaultProxy;
import com.visitorcount.local.store.FaultProxy.Fault;
import com.visitorcount.page.PageId;
import com.visitorcount.sam.database.Dynalite;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * How many views are counted too much for each answer of DynamoDB that is lost after the write was
 * done, or never comes; and how many are lost when many write at once. Every counter is a process
 * of its own, and calls dynalite through proxies that spoil every so many-th answer: one for each
 * rate of views and kind of fault. Views come when they are due, however long others take.
 */
final class Exactness {
  private static final String TABLE = "VisitorCount";
  private static final Duration TICK = Duration.ofMillis(5);
  private static final int WARM_UP_VIEWS = 300;
  private static final int WARM_UP_SECONDS = 90;
  private static final int WRITERS = 32;
  private static final int WRITES = 640;

  /** An answer that is later than that may have been given up and asked for again. */
  private static final int LATE_MILLIS = 850;

  private static final String TOO_BUSY = "the machine was too busy to answer in time";
  private static final String OURS = "ours";

  private static final Map<Fault, String> FAULTS =
      Map.of(
          Fault.DONE_THEN_CLOSED,
          "connection closed instead of an answer",
          Fault.DONE_THEN_SILENT,
          "no answer for 10 s");

  /**
   * Views of a page that come when they are due.
   *
   * @param fault of the answer to every so many-th write
   * @param start second of the first view
   */
  private record Stream(
      int viewsPerSecond, Fault fault, int spoilEvery, int start, int seconds, URI endpoint) {
    String name() {
      return "%d views a second of a page, %s".formatted(viewsPerSecond, FAULTS.get(fault));
    }

    int views() {
      return viewsPerSecond * seconds;
    }

    int due(double second) {
      return (int) Math.min(Math.max(0, (second - start) * viewsPerSecond), views());
    }
  }

  /** A stream, and the proxy that spoils its answers. */
  private record Spoiled(Stream stream, FaultProxy proxy) {
    static Spoiled of(
        URI database, int viewsPerSecond, Fault fault, int spoilEvery, int start, int seconds)
        throws IOException {
      FaultProxy proxy =
          FaultProxy.before(() -> database, call -> call % spoilEvery == 0 ? fault : Fault.NONE);
      return new Spoiled(
          new Stream(viewsPerSecond, fault, spoilEvery, start, seconds, proxy.endpoint()), proxy);
    }

    State state(Exactness counts) {
      return new State(counts.views(page(stream.endpoint())), proxy.calls(), proxy.lostAnswers());
    }
  }

  /** Of a stream, at a time. */
  private record State(long counted, int calls, int lostAnswers) {
    State since(State before) {
      return new State(
          counted - before.counted, calls - before.calls, lostAnswers - before.lostAnswers);
    }

    /** Whether answers were given up although nothing but a busy machine had delayed them. */
    boolean isOverloaded(int views) {
      return calls > views + 2 * lostAnswers + views / 10 + 5;
    }
  }

  private final DynamoDbClient client;
  private final URI database;

  private Exactness(DynamoDbClient client, URI database) {
    this.client = client;
    this.database = database;
  }

  static void run(Path module, Results results) throws Exception {
    try (Dynalite dynalite =
            Dynalite.start(module.resolveSibling("sam-runner"), null, Set.of(), Map.of());
        DynamoDbClient client =
            DynamoDbClients.patient()
                .endpointOverride(dynalite.endpoint())
                .region(Rivals.REGION)
                .credentialsProvider(Rivals.CREDENTIALS)
                .build()) {
      createTable(client);
      Exactness exactness = new Exactness(client, dynalite.endpoint());
      exactness.manyWriters(results);
      exactness.lostAnswers(new Rivals(module), results);
    }
  }

  static void createTable(DynamoDbClient client) {
    client.createTable(
        table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(
                    KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build())
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build()));
    client.waiter().waitUntilTableExists(table -> table.tableName(TABLE));
  }

  private void manyWriters(Results results) throws Exception {
    // to this clock the store is slow, so no answer is given up that is only late
    AtomicLong minutes = new AtomicLong();
    DynamoDbCounters counters =
        new DynamoDbCounters(
            client, TABLE, () -> TimeUnit.MINUTES.toNanos(minutes.incrementAndGet()));
    PageId page = PageId.of("example.com/many");
    List<Callable<Long>> warmUp = new ArrayList<>();
    List<Callable<Long>> ours = new ArrayList<>();
    List<Callable<Object>> theirs = new ArrayList<>();
    for (int i = 0; i < WRITES; i++) {
      ViewId id = new ViewId("view-" + i);
      PageId other = PageId.of("example.com/" + i);
      warmUp.add(() -> add(counters, View.of(other, id, Instant.now())));
      ours.add(() -> add(counters, View.of(page, id, Instant.now())));
      theirs.add(() -> getThenPut("read, modify, write"));
    }
    String name = WRITES + " views of a page by " + WRITERS + " writers at once";
    String rival = "reading, then writing one more, in Java";
    Writers.run(2, warmUp);
    long longest = Collections.max(Writers.run(WRITERS, ours));
    if (longest > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS)) {
      results.notRun(name, rival, TOO_BUSY);
      return;
    }
    Writers.run(WRITERS, theirs);
    results.add(
        Result.compared(
            name,
            (double) (WRITES - views(page.toString())),
            (double) (WRITES - views("read, modify, write")),
            rival,
            "views lost",
            0));
  }

  /** Nanoseconds that it took. */
  private static long add(DynamoDbCounters counters, View view) {
    long start = System.nanoTime();
    GuardedViews.count(counters, view);
    return System.nanoTime() - start;
  }

  private Object getThenPut(String page) {
    AttributeValue views = AttributeValue.fromN(Long.toString(views(page) + 1));
    return client.putItem(
        put -> put.tableName(TABLE).item(Map.of("id", AttributeValue.fromS(page), "views", views)));
  }

  private long views(String page) {
    Map<String, AttributeValue> item =
        client
            .getItem(
                get ->
                    get.tableName(TABLE)
                        .key(Map.of("id", AttributeValue.fromS(page)))
                        .consistentRead(true))
            .item();
    return item.containsKey("views") ? Long.parseLong(item.get("views").n()) : 0;
  }

  private void lostAnswers(Rivals rivals, Results results) throws Exception {
    Map<String, List<String>> counters = new LinkedHashMap<>();
    counters.put(OURS, Rivals.java(GuardedViews.class));
    counters.put("plain ADD in Java", Rivals.java(PlainViews.class));
    rivals.python("views.py").ifPresent(command -> counters.put(Rivals.PYTHON, command));
    rivals.node("views.mjs").ifPresent(command -> counters.put(Rivals.NODE, command));
    Map<String, Map<String, Double>> tooMuch = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> counter : counters.entrySet()) {
      tooMuch.put(counter.getKey(), count(counter.getKey(), counter.getValue()));
    }
    Map<String, Double> ours = tooMuch.remove(OURS);
    for (Map.Entry<String, Double> our : ours.entrySet()) {
      tooMuch.forEach((rival, theirs) -> compare(our, rival, theirs.get(our.getKey()), results));
    }
    for (String rival : List.of(Rivals.PYTHON, Rivals.NODE)) {
      if (!counters.containsKey(rival)) {
        results.notRun("lost answers", rival, "it is not on this machine");
      }
    }
  }

  private static void compare(
      Map.Entry<String, Double> our, String rival, double theirs, Results results) {
    if (our.getValue().isNaN() || Double.isNaN(theirs)) {
      results.notRun(our.getKey(), rival, TOO_BUSY);
    } else {
      results.add(
          Result.compared(
              our.getKey(), our.getValue(), theirs, rival, "views too much for a lost answer", 0));
    }
  }

  /** Views counted too much for each lost answer, by stream; not a number if that says nothing. */
  private Map<String, Double> count(String counter, List<String> command) throws Exception {
    List<Spoiled> all = new ArrayList<>();
    try {
      for (Fault fault : List.of(Fault.DONE_THEN_CLOSED, Fault.DONE_THEN_SILENT)) {
        all.add(Spoiled.of(database, 1, fault, 3, 0, 12));
        all.add(Spoiled.of(database, 10, fault, 10, 0, 12));
      }
      // one after the other: a machine that cannot keep up measures itself
      all.add(Spoiled.of(database, 30, Fault.DONE_THEN_CLOSED, 15, 12, 5));
      all.add(Spoiled.of(database, 30, Fault.DONE_THEN_SILENT, 15, 17, 5));
      all.add(Spoiled.of(database, 50, Fault.DONE_THEN_CLOSED, 20, 22, 5));
      all.add(Spoiled.of(database, 50, Fault.DONE_THEN_SILENT, 20, 27, 5));
      Map<Spoiled, State> before = new LinkedHashMap<>();
      Process process = Rivals.start(command, Map.of("TABLE_NAME", TABLE));
      try (Writer in = process.outputWriter()) {
        warmUp(in, all);
        all.forEach(spoiled -> before.put(spoiled, spoiled.state(this)));
        send(in, all.stream().map(Spoiled::stream).toList());
      }
      if (!process.waitFor(3, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("a counter has not counted all views; the run is void: " + command);
      }
      Map<String, Double> tooMuch = new LinkedHashMap<>();
      for (Spoiled spoiled : all) {
        Stream stream = spoiled.stream();
        State state = spoiled.state(this).since(before.get(spoiled));
        System.out.printf("%s, %s: %d views, %s%n", counter, stream.name(), stream.views(), state);
        tooMuch.put(
            stream.name(),
            state.isOverloaded(stream.views())
                ? Double.NaN
                : (state.counted() - stream.views()) / (double) state.lostAnswers());
      }
      return tooMuch;
    } finally {
      all.forEach(spoiled -> spoiled.proxy().close());
    }
  }

  /** The key of the page that is counted at an endpoint. */
  static String page(URI endpoint) {
    return "example.com/" + endpoint.getPort();
  }

  /** Connections are made, and classes loaded and compiled, before anything is measured. */
  private void warmUp(Writer in, List<Spoiled> all) throws IOException, InterruptedException {
    long counted = views(page(database));
    for (int i = 0; i < WARM_UP_VIEWS; i++) {
      in.write(database + " warm-" + i + "\n");
    }
    for (Spoiled spoiled : all) {
      in.write(spoiled.stream().endpoint() + " warm\n");
    }
    in.flush();
    for (int wait = 0; wait < WARM_UP_SECONDS; wait++) {
      Thread.sleep(1_000);
      if (views(page(database)) >= counted + WARM_UP_VIEWS) {
        // what was sent again meanwhile comes, too
        Thread.sleep(2_000);
        return;
      }
    }
    throw new IOException("a counter does not begin; the run is void");
  }

  private static void send(Writer in, List<Stream> streams)
      throws IOException, InterruptedException {
    int[] sent = new int[streams.size()];
    int views = streams.stream().mapToInt(Stream::views).sum();
    long start = System.nanoTime();
    while (Arrays.stream(sent).sum() < views) {
      double second = (System.nanoTime() - start) / 1e9;
      for (int i = 0; i < sent.length; i++) {
        Stream stream = streams.get(i);
        for (; sent[i] < stream.due(second); sent[i]++) {
          in.write(stream.endpoint() + " " + sent[i] + "\n");
        }
      }
      in.flush();
      Thread.sleep(TICK.toMillis());
    }
  }
}
