package com.visitorcount.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/**
 * CPU of two ways to do the same: after warming up, both take turns, the first of a round
 * alternating, and the medians of {@value #ROUNDS} rounds count. The CPU is that of the whole
 * process, with compiler and garbage collector: a rival may have threads of its own.
 */
final class CpuRace {
  private static final int ROUNDS = 7;

  /** The clock of a process's CPU ticks every ten milliseconds. */
  private static final long ROUND_NANOS = 250_000_000;

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private CpuRace() {}

  /** Milliseconds of CPU of each, and their ratio. */
  static Result run(String name, Callable<?> ours, Callable<?> rival, String rivalName, double goal)
      throws Exception {
    int oursTimes = timesInARound(ours);
    int rivalTimes = timesInARound(rival);
    double[] our = new double[ROUNDS];
    double[] their = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      if (round % 2 == 0) {
        our[round] = millis(ours, oursTimes);
        their[round] = millis(rival, rivalTimes);
      } else {
        their[round] = millis(rival, rivalTimes);
        our[round] = millis(ours, oursTimes);
      }
    }
    return Result.ofRounds(name, our, their, rivalName, "ms of CPU", goal);
  }

  /** Warms up, for at least three rounds' time. */
  private static int timesInARound(Callable<?> work) throws Exception {
    int times = 1;
    while (nanos(work, times) < ROUND_NANOS) {
      times *= 2;
    }
    nanos(work, times);
    return times;
  }

  private static double millis(Callable<?> work, int times) throws Exception {
    return nanos(work, times) / 1e6 / times;
  }

  private static long nanos(Callable<?> work, int times) throws Exception {
    long start = PROCESS.getProcessCpuTime();
    for (int i = 0; i < times; i++) {
      if (work.call() == null) {
        throw new IllegalStateException("no answer");
      }
    }
    return PROCESS.getProcessCpuTime() - start;
  }
}
