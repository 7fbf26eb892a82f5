package com.visitorcount.local.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.local.Main;
import com.visitorcount.local.soak.SoakedStack.Command;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link SoakedStack} and its database, from outside. For use by one thread. */
final class SoakedProcess implements AutoCloseable {
  private static final int START_SECONDS = 120;
  private static final int ANSWER_SECONDS = 600;
  private static final int END_SECONDS = 30;

  private final Process process;
  private final BufferedWriter commands;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final ProcessHandle database;
  private final Product product;

  private SoakedProcess(Process process, Door<URI> databaseDoor, LogLines log) {
    this.process = process;
    this.commands = process.outputWriter(UTF_8);
    Thread reader = new Thread(() -> read(databaseDoor, log), "soaked");
    reader.setDaemon(true);
    reader.start();
    String[] addresses = next(SoakedStack.READY, START_SECONDS).split(" ", -1);
    this.product =
        new Product(URI.create(addresses[0]), URI.create(addresses[1]), URI.create(addresses[2]));
    this.database =
        process
            .descendants()
            .filter(it -> it.info().command().orElse("").endsWith("node"))
            .findFirst()
            .orElseThrow();
  }

  /**
   * Starts it, and returns when it is ready.
   *
   * @param now its initial time
   * @param faults URL of the proxy in front of its database
   * @param databaseDoor is opened to the database
   * @param errors file for its standard error
   */
  static SoakedProcess start(
      SoakPlan plan, Instant now, URI faults, Door<URI> databaseDoor, LogLines log, Path errors) {
    ProcessBuilder builder =
        Main.jvm(
            SoakedStack.options(plan),
            SoakedStack.class.getName(),
            List.of(
                "-Xmx" + plan.heapMegabytes() + "m",
                // the logging of production, not of tests
                "-Dlog4j2.configurationFile=log4j2.xml"));
    builder.command().addAll(List.of(now.toString(), plan.hour().toString(), faults.toString()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    try {
      return new SoakedProcess(builder.start(), databaseDoor, log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Door<URI> databaseDoor, LogLines log) {
    try (BufferedReader output = process.inputReader(UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(SoakedStack.DATABASE)) {
          databaseDoor.open(URI.create(line.substring(SoakedStack.DATABASE.length())));
        } else if (line.startsWith(SoakedStack.READY) || line.startsWith(SoakedStack.ANSWER)) {
          answers.add(line);
        } else {
          log.add(line);
        }
      }
    } catch (IOException e) {
      // killed, in the middle of a line
    }
    answers.add("gone");
  }

  private String next(String beginning, int seconds) {
    try {
      String line = answers.poll(seconds, TimeUnit.SECONDS);
      if (line == null || !line.startsWith(beginning)) {
        process.destroyForcibly();
        throw new IllegalStateException("The product says " + line);
      }
      return line.substring(beginning.length());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /**
   * Makes it do something, and waits for that.
   *
   * @throws IllegalStateException if it cannot
   */
  Figures ask(Command command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new IllegalStateException("The product has gone", e);
    }
    String answer = next(SoakedStack.ANSWER, ANSWER_SECONDS);
    if (!answer.startsWith("{")) {
      throw new IllegalStateException(command + ": " + answer);
    }
    return Figures.parse(answer);
  }

  Product product() {
    return product;
  }

  ProcessFigures ofJvm() {
    return ProcessFigures.of(process.toHandle());
  }

  ProcessFigures ofDatabase() {
    return ProcessFigures.of(database);
  }

  /**
   * Kills it as kill -9 does, and returns when both processes are gone.
   *
   * @param databaseToo whether to kill the database, too; otherwise it ends itself when it notices
   */
  void kill(boolean databaseToo) {
    if (databaseToo) {
      database.destroyForcibly();
    }
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      database.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The product does not end", e);
    }
  }

  /** Ends it by closing its input. */
  @Override
  public void close() {
    try {
      commands.close();
    } catch (IOException e) {
      // already ended
    }
    awaitEnd();
  }
}
