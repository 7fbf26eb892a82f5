package com.visitorcount.local.soak;

import com.visitorcount.local.soak.SoakedStack.Command;
import com.visitorcount.local.store.FaultProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code mvn -Psoak}: runs the whole product in a separate process on a fast clock, under mixed
 * traffic and faults; kills it now and then, and restarts it on its data. At the end every
 * acknowledged view must have been counted once, history and statistics must have them all, and
 * memory, threads and handles must not have grown.
 */
final class Soak implements AutoCloseable {
  /** Before the end of a month, so that the month can be closed. */
  private static final Instant START = Instant.parse("2025-02-18T06:00:00Z");

  /** Product time that passes while the product is down. */
  private static final Duration AWAY = Duration.ofHours(2);

  private static final int COLLECT_EVERY = 2;
  private static final int PROGRESS_EVERY = 6;
  private static final double NANOS_PER_SECOND = 1e9;

  private final SoakPlan plan;
  private final Consumer<String> out;
  private final Door<URI> databaseDoor = new Door<>();
  private final Door<Product> door = new Door<>();
  private final Faults faults = new Faults(System::nanoTime);
  private final LogLines log = new LogLines();
  private final SoakReport report = new SoakReport();
  private final List<Sample> samples = new ArrayList<>();
  private final Ledger ledger;
  private final Traffic traffic;
  private final FaultProxy proxy;
  private SoakedProcess product;
  private Instant lastSeen = START;
  private int life;
  private long startOfLife;
  private int failedBatches;
  private int disturbances;
  private long longestSettleMillis;
  private double secondsAway;

  Soak(SoakPlan plan, Consumer<String> out) throws IOException {
    this.plan = plan;
    this.out = out;
    this.ledger = new Ledger(plan.pages());
    this.traffic = new Traffic(ledger, door);
    empty(plan.folder());
    this.proxy = FaultProxy.before(databaseDoor::await, faults);
    this.product = start();
  }

  /**
   * Started by Maven. {@code -Dsoak.minutes}, {@code -Dsoak.writers} and {@code -Dsoak.pages} may
   * be given. The exit code tells whether all checks passed.
   */
  public static void main(String[] arguments) throws Exception {
    // otherwise each answer of the proxy waits for an acknowledgement of its headers
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Path root =
        Path.of(System.getProperty("maven.multiModuleProjectDirectory", "")).toAbsolutePath();
    SoakPlan plan =
        new SoakPlan(
            root,
            root.resolve("local/target/soak"),
            Duration.ofSeconds(
                (long) (60 * Double.parseDouble(System.getProperty("soak.minutes", "30")))),
            2,
            Duration.ofSeconds(4),
            Duration.ofSeconds(10),
            Integer.getInteger("soak.writers", 16),
            Integer.getInteger("soak.pages", 400),
            512);
    try (Soak soak = new Soak(plan, Soak::say)) {
      SoakReport report = soak.run();
      Files.writeString(plan.folder().resolve("report.md"), report.markdown());
      Files.writeString(plan.folder().resolve("samples.csv"), soak.samples());
      say(report.markdown());
      if (!report.faults().isEmpty()) {
        throw new IllegalStateException("Not all is as it must be: " + report.faults().size());
      }
    }
  }

  private static void say(String text) {
    System.out.println(text);
  }

  private static void empty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
  }

  private SoakedProcess start() {
    life++;
    startOfLife = System.nanoTime();
    SoakedProcess started =
        SoakedProcess.start(
            plan,
            lastSeen,
            proxy.endpoint(),
            databaseDoor,
            log,
            plan.folder().resolve("errors.txt"));
    door.open(started.product());
    return started;
  }

  /** Does the whole run. */
  SoakReport run() throws InterruptedException {
    long start = System.nanoTime();
    traffic.start(plan.writers());
    Iterator<Duration> kills = plan.timesOfKills().iterator();
    Duration kill = kills.hasNext() ? kills.next() : plan.duration();
    Duration next = plan.sampling();
    int sampled = 0;
    while (since(start).compareTo(plan.duration()) < 0) {
      Duration until = min(min(next, kill), plan.duration());
      Thread.sleep(Math.max(0, until.minus(since(start)).toMillis()));
      if (until.equals(kill) && !kill.equals(plan.duration())) {
        killAndStartAgain(life % 2 == 0);
        kill = kills.hasNext() ? kills.next() : plan.duration();
      } else if (until.equals(next)) {
        sampled++;
        sample(sampled % COLLECT_EVERY == 0);
        next = next.plus(plan.sampling());
        if (sampled % PROGRESS_EVERY == 0) {
          progress(since(start));
        }
      }
    }
    traffic.stop();
    double seconds = since(start).toNanos() / NANOS_PER_SECOND;
    sample(true);
    calm();
    Instant end = lastSeen;
    check("with open days");
    note(product.ask(Command.CLOSE_DAYS));
    Checks.Result closed = check("with all days closed");
    account();
    summarise(seconds, end, closed);
    return report;
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static Duration min(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Stops traffic and faults, and waits until every view is in history. */
  private void calm() {
    faults.calm();
    product.ask(Command.CALM);
    product.ask(Command.HOLD);
    note(product.ask(Command.SETTLE));
  }

  /** Compares the product's current state with what the clients know. */
  Checks.Result check(String when) {
    Checks.Result result = Checks.check(product.product(), ledger, START, lastSeen);
    report.faults(when, result.faults());
    try {
      product.ask(Command.VERIFY);
    } catch (IllegalStateException e) {
      report.fault(when + ": " + e.getMessage());
    }
    return result;
  }

  Ledger ledger() {
    return ledger;
  }

  private String samples() {
    return samples.stream()
        .map(Sample::csv)
        .collect(Collectors.joining("\n", Sample.CSV_HEAD + "\n", "\n"));
  }

  private void killAndStartAgain(boolean databaseToo) {
    long start = System.nanoTime();
    account();
    product.kill(databaseToo);
    door.close();
    databaseDoor.close();
    lastSeen = lastSeen.plus(AWAY);
    product = start();
    double away = since(start).toNanos() / NANOS_PER_SECOND;
    secondsAway += away;
    out.accept(String.format(Locale.ROOT, "killed, and there again after %.1f s", away));
  }

  private Figures note(Figures figures) {
    lastSeen = figures.time();
    return figures;
  }

  /** Saves what a process counts from its start, before it ends. */
  private void account() {
    Figures figures = note(product.ask(Command.FIGURES));
    failedBatches += figures.failedBatches();
    disturbances += figures.disturbances();
    longestSettleMillis = Math.max(longestSettleMillis, figures.longestSettleMillis());
  }

  /**
   * Takes a sample of the process.
   *
   * @param collect whether to measure only what it keeps: after garbage collection and with no
   *     requests in progress, for which the clients wait
   */
  private void sample(boolean collect) {
    if (collect) {
      door.close();
    }
    Figures figures = note(product.ask(collect ? Command.COLLECT : Command.FIGURES));
    if (collect) {
      door.open(product.product());
    }
    samples.add(
        new Sample(
            life,
            since(startOfLife).toNanos() / NANOS_PER_SECOND,
            collect,
            figures,
            product.ofJvm(),
            product.ofDatabase(),
            traffic.answers().count(),
            ledger.acknowledged()));
  }

  private void progress(Duration time) {
    Sample sample = samples.get(samples.size() - 1);
    out.accept(
        String.format(
            Locale.ROOT,
            "%4d s  clock %s  requests %,d  views %,d  heap %d MB  JVM %d MB  dynalite %d MB  threads %d"
                + "  handles %d  given up %d",
            time.toSeconds(),
            sample.figures().time(),
            sample.requests(),
            sample.views(),
            sample.figures().heapBytes() >> 20,
            sample.jvm().residentBytes() >> 20,
            sample.database().residentBytes() >> 20,
            sample.figures().threads(),
            sample.figures().handles(),
            sample.figures().failedBatches()));
  }

  private void summarise(double seconds, Instant end, Checks.Result closed) {
    Answers answers = traffic.answers();
    PageAccount crowded = ledger.crowded();
    report.faults("while it ran", answers.faults());
    report.faults("in the log", log.faults());
    if (failedBatches > 0) {
      report.fault(failedBatches + " batches of the stream were given up");
    }
    report.figure(
        "duration",
        "%,.0f s, of which the product was away for %.1f s in %d kills",
        seconds,
        secondsAway,
        plan.kills());
    report.figure("the product's clock", "%s to %s", START, end);
    report.figure("clients", "%d, each with one request at a time", plan.writers());
    report.figure(
        "requests answered",
        "%,d, %,.0f a second",
        answers.count(),
        answers.count() / (seconds - secondsAway));
    report.figure(
        "views and events acknowledged",
        "%,d, %,.0f a second, on %,d pages",
        ledger.acknowledged(),
        ledger.acknowledged() / (seconds - secondsAway),
        closed.pages());
    report.figure("views and events in the counters", "%,d", closed.views());
    report.figure("pages with the engagement that was said", "%,d", closed.engaged());
    report.figure("views sent twice at once, or again after their answer", "%,d", traffic.copies());
    report.figure("views acknowledged only after further tries", "%,d", answers.resolvedCount());
    report.figure("answered 503", "%,d", answers.unavailableCount());
    report.figure("not answered", "%,d", answers.unansweredCount());
    report.figure(
        "images not answered, counted or not",
        "%,d",
        ledger.accounts().stream().mapToLong(PageAccount::unknown).sum());
    report.figure(
        "beyond the guard's promise",
        "one page, %,d views acknowledged, counter %,d",
        crowded.acknowledged(),
        closed.crowded());
    report.injected(faults.injected());
    report.figure("calls of rollup and hourly function disturbed", "%,d", disturbances);
    report.figure("longest wait until the stream was handled", "%,d ms", longestSettleMillis);
    report.figure("log", "%s", log.summary());
    report.answers(answers);
    report.samples(samples);
  }

  /** Ends the product, if it is running. */
  @Override
  public void close() {
    product.close();
    proxy.close();
  }
}
