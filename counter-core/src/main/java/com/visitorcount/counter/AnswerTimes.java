package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tracks how long a store usually takes to answer, to distinguish a hanging call from a slow store:
 * sending a view again to a slow store would only make it slower. Safe for use by several threads.
 */
final class AnswerTimes {
  /**
   * How long to wait for a store that usually answers within milliseconds, as DynamoDB does. If a
   * page has up to 30 views a second, at most 7 others come in this time, so the retry guard is
   * certain to catch a repeat.
   */
  static final Duration SHORTEST_WAIT = Duration.ofMillis(250);

  static final Duration LONGEST_WAIT = Duration.ofMillis(900);

  /** A wait is this many times the usual answer. */
  private static final int PATIENCE = 10;

  /** The weight of a faster answer in the usual time is one part in this many. */
  private static final int PARTS_IF_FASTER = 16;

  /** A slower answer weighs more: many views that come at once must not be sent twice. */
  private static final int PARTS_IF_SLOWER = 2;

  private final LongSupplier nanoTime;
  private final Duration longestWait;
  private final AtomicLong usualNanos;

  /**
   * @param nanoTime as {@link System#nanoTime()}
   */
  AnswerTimes(LongSupplier nanoTime, Duration longestWait) {
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.longestWait = requireNonNull(longestWait, "longestWait");
    // a process without experience of its store is patient
    this.usualNanos = new AtomicLong(longestWait.dividedBy(PATIENCE).toNanos());
  }

  /** The start of a call, to be passed to {@link #answered}. */
  long start() {
    return nanoTime.getAsLong();
  }

  /** Records the answer to a call that began at {@code start}. */
  void answered(long start) {
    long nanos = nanoTime.getAsLong() - start;
    usualNanos.updateAndGet(
        usual -> usual + (nanos - usual) / (nanos > usual ? PARTS_IF_SLOWER : PARTS_IF_FASTER));
  }

  /** How long to wait for the first answer to a view. */
  Duration firstWait() {
    long nanos = Math.min(usualNanos.get() * PATIENCE, longestWait.toNanos());
    return Duration.ofNanos(Math.max(nanos, SHORTEST_WAIT.toNanos()));
  }
}
