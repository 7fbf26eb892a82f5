package com.visitorcount.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The part of a {@link CountingProcess} that both counters in Java share. */
final class JavaCounting {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Counts one view. */
  @FunctionalInterface
  interface Counter {
    /**
     * Counts it.
     *
     * @param number from 1
     * @return the count that the counter answers with
     */
    long count(int number) throws IOException;
  }

  private JavaCounting() {}

  /** Counts as many views as each line of the input says. */
  static void run(Counter counter) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int counted = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      long[] nanos = new long[Integer.parseInt(line)];
      long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
      for (int i = 0; i < nanos.length; i++) {
        counted++;
        long start = System.nanoTime();
        long count = counter.count(counted);
        nanos[i] = System.nanoTime() - start;
        if (count != counted) {
          throw new IllegalStateException("wrong answer: " + count + " for " + counted);
        }
      }
      long bytes = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
      Arrays.sort(nanos);
      System.err.println(nanos[nanos.length / 2] + " " + bytes);
    }
  }
}
