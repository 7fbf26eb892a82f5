package com.visitorcount.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A counter in a process of its own. For each number that it reads, it counts as many views, one by
 * one, and answers on its error stream with the median latency in nanoseconds and the bytes that it
 * allocated.
 */
final class CountingProcess implements AutoCloseable {
  /** As Lambda's Java runtime sets them, for a function with 512 MB. */
  private static final List<String> JVM_FLAGS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx400m");

  /**
   * What a number of views took.
   *
   * @param cpuMicros of a view, of the whole process
   * @param p50Micros median latency of a view
   * @param bytes allocated for a view by the thread that counts; negative if it is not known
   */
  record Round(double cpuMicros, double p50Micros, double bytes) {}

  private static final Pattern ANSWER = Pattern.compile("[0-9]+ -?[0-9]+");

  private final Process process;
  private final Writer in;
  private final BufferedReader err;

  private CountingProcess(Process process) {
    this.process = process;
    this.in = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    this.err = process.errorReader(UTF_8);
  }

  /** A counter in Java, under the flags that Lambda's runtime sets. */
  static CountingProcess java(Class<?> main, Map<String, String> environment) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_FLAGS);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    return start(command, environment);
  }

  static CountingProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    // what it prints is the log of a function
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    return new CountingProcess(builder.start());
  }

  /**
   * Counts views.
   *
   * @throws IOException if the process ended, as it does after a wrong answer
   */
  Round count(int views) throws IOException {
    Duration before = cpu();
    in.write(views + "\n");
    in.flush();
    String[] told = line().split(" ", 2);
    Duration spent = cpu().minus(before);
    return new Round(
        spent.toNanos() / 1e3 / views,
        Double.parseDouble(told[0]) / 1e3,
        Double.parseDouble(told[1]) / views);
  }

  private Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  private String line() throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (ANSWER.matcher(line).matches()) {
        return line;
      }
      System.err.println(line);
    }
    throw new IOException("a counter ended before it had counted; the run is void");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
