package com.visitorcount.local.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.local.Disturbance;
import com.visitorcount.local.LocalOptions;
import com.visitorcount.local.LocalStack;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.template.Template;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The process under test: a local run on a fast clock, with disturbed functions, which executes
 * commands from its input. Each is answered with a line of {@link Figures}.
 */
final class SoakedStack {
  /** The commands. */
  enum Command {
    /** Does nothing. */
    FIGURES,
    /** Waits until every view is in history, and collects garbage. */
    COLLECT,
    /** Disturbs no function any more. */
    CALM,
    /** Stops the clock. */
    HOLD,
    /** Waits until every view is in history. */
    SETTLE,
    /** Asks, as the demo site's /verify does, whether the history of all pages adds up. */
    VERIFY,
    /** Moves the clock until every day of a view can be closed, and closes them. */
    CLOSE_DAYS
  }

  /** Prefix of answers, and of nothing else. */
  static final String ANSWER = "SOAK ";

  /** Prefix of the database's URL, which precedes the product's. */
  static final String DATABASE = "DATABASE ";

  static final String READY = "READY ";

  private static final Map<String, String> PARAMETERS =
      Map.of(
          "TrustedIpHeader", "X-Real-Ip",
          "CountingImage", "true",
          "HistoryDelaySeconds", "2",
          "MaxReadRequestUnits", "40000",
          "MaxWriteRequestUnits", "40000");

  private static final int STEPS_OF_AN_HOUR = 20;
  private static final Duration STEP = Duration.ofHours(1).dividedBy(STEPS_OF_AN_HOUR);
  private static final Duration UNTIL_CLOSED = Duration.ofDays(3);
  private static final int HOURS_OF_CLOSING = 8;

  private final MovableClock clock;
  private final Duration hour;
  private final LocalStack stack;
  private final Disturbance disturbance = new Disturbance();
  private final Thread clockwork = new Thread(this::runClock, "clockwork");
  private volatile boolean held;
  private volatile long longestSettleMillis;

  private SoakedStack(LocalOptions options, MovableClock clock, Duration hour, URI faults) {
    this.clock = clock;
    this.hour = hour;
    this.stack =
        LocalStack.startMadeUp(
            options,
            Template.read(options.root().resolve("template.yaml")),
            clock,
            database -> {
              say(DATABASE + database);
              return faults;
            });
    stack.runner().disturb("RollupFunction", invoker -> disturbance.of(invoker, 1));
    stack.runner().disturb("CompactFunction", invoker -> inNoTime(disturbance.of(invoker, 2)));
    stack.runner().keepTime();
    clockwork.setDaemon(true);
    clockwork.start();
  }

  /**
   * Called by {@link SoakedProcess}.
   *
   * @param arguments the time, how long an hour takes, and the URL of DynamoDB for the functions;
   *     the options are system properties
   */
  public static void main(String[] arguments) throws IOException {
    LocalOptions options = LocalOptions.from(System.getProperties());
    MovableClock clock = MovableClock.at(Instant.parse(arguments[0]));
    SoakedStack soaked =
        new SoakedStack(options, clock, Duration.parse(arguments[1]), URI.create(arguments[2]));
    LocalStack stack = soaked.stack;
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
    say(READY + stack.site() + " " + stack.increment() + " " + stack.read());
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      say(ANSWER + soaked.obey(Command.valueOf(line)));
    }
    System.exit(0);
  }

  private static void say(String line) {
    System.out.println(line);
  }

  private String obey(Command command) {
    try {
      switch (command) {
        case FIGURES -> {}
        case COLLECT -> {
          stack.runner().settle();
          System.gc();
        }
        case CALM -> disturbance.end();
        case HOLD -> hold();
        case SETTLE -> stack.runner().settle();
        case VERIFY -> verify();
        case CLOSE_DAYS -> closeDays();
      }
      return Figures.now(clock.instant(), stack, disturbance.count(), longestSettleMillis).toJson();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }

  /**
   * An hour passes in steps, and does not end before everything written in it is in history: Lambda
   * gives up records that are half a day old, which here would be seconds.
   */
  private void runClock() {
    try {
      while (!held) {
        for (int step = 0; step < STEPS_OF_AN_HOUR && !held; step++) {
          Thread.sleep(hour.dividedBy(STEPS_OF_AN_HOUR).toMillis());
          clock.move(STEP);
        }
        long start = System.nanoTime();
        stack.runner().settle();
        longestSettleMillis =
            Math.max(longestSettleMillis, (System.nanoTime() - start) / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void hold() {
    held = true;
    try {
      clockwork.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void verify() {
    String result = stack.verification().strip();
    if (!result.endsWith(" difference=0")) {
      throw new IllegalStateException(result.substring(result.indexOf("VERIFIED")));
    }
  }

  private void closeDays() {
    clock.move(UNTIL_CLOSED);
    for (int i = 0; i < HOURS_OF_CLOSING; i++) {
      clock.move(Duration.ofHours(1));
      stack.runner().runSchedules();
    }
  }

  /**
   * Minutes on this clock take only moments, so a function that stops before its timeout would
   * always stop.
   */
  private Invoker inNoTime(Invoker invoker) {
    return event -> clock.during(clock.instant(), () -> invoker.invoke(event));
  }

  /** The options of the product under test. */
  static LocalOptions options(SoakPlan plan) {
    Path data = plan.data().toAbsolutePath();
    return new LocalOptions(plan.root(), 0, data, PARAMETERS);
  }
}
