package com.visitorcount.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;

/**
 * The first question of a process, under the flags that Lambda's Java runtime sets: the CPU that
 * the whole process spends on it, with loading and compiling classes, but without its start.
 */
final class FirstQuestion {
  private static final int PROCESSES = 5;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private FirstQuestion() {}

  /**
   * In a process of its own: prints the milliseconds.
   *
   * @param args the file with the history
   */
  public static void main(String[] args) throws IOException {
    Clock clock = HistoryBesideDuckDb.clock();
    Statistics statistics =
        new Statistics(MeteredHistory.load(Path.of(args[0])).history(clock), clock);
    Question question = HistoryBesideDuckDb.twoCountries();
    long start = PROCESS.getProcessCpuTime();
    if (statistics.split(question, Dimension.PAGE).values().isEmpty()) {
      throw new IllegalStateException("no answer");
    }
    System.out.println((PROCESS.getProcessCpuTime() - start) / 1_000_000);
  }

  /** Median of several processes, in milliseconds of CPU. */
  static double median(Path history) throws IOException {
    double[] millis = new double[PROCESSES];
    for (int i = 0; i < PROCESSES; i++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx400m",
                  "-classpath",
                  System.getProperty("java.class.path"),
                  FirstQuestion.class.getName(),
                  history.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      millis[i] = Double.parseDouble(printed.strip());
    }
    Arrays.sort(millis);
    return millis[PROCESSES / 2];
  }
}
