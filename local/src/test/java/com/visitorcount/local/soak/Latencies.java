package com.visitorcount.local.soak;

import java.util.concurrent.atomic.AtomicLongArray;

/** How long requests took, to within 2 %. Safe for use by several threads. */
final class Latencies {
  private static final double STEP = Math.log(1.02);
  private static final int BUCKETS = 1_000;
  private static final double NANOS_PER_MILLI = 1e6;

  /** Upper limit of the first bucket, in nanoseconds. */
  private static final double LEAST = 10_000;

  private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

  void add(long nanos) {
    double steps = Math.log(Math.max((double) nanos, LEAST) / LEAST) / STEP;
    counts.incrementAndGet((int) Math.min(steps, BUCKETS - 1));
  }

  long count() {
    return rank(1);
  }

  /** In milliseconds; 1 is the longest. 0 if there is none. */
  double quantile(double part) {
    long wanted = Math.max(1, rank(part));
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++) {
      seen += counts.get(i);
      if (seen >= wanted) {
        return LEAST * Math.exp((i + 1) * STEP) / NANOS_PER_MILLI;
      }
    }
    return 0;
  }

  private long rank(double part) {
    long all = 0;
    for (int i = 0; i < BUCKETS; i++) {
      all += counts.get(i);
    }
    return (long) Math.ceil(part * all);
  }
}
