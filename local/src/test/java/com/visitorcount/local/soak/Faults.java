package com.visitorcount.local.soak;

import com.visitorcount.local.store.FaultProxy.Fault;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * Decides which calls to DynamoDB fail: a few in a thousand at any time, and for some seconds of
 * each minute so many that the functions' own retries do not help. Safe for use by several threads.
 */
final class Faults implements IntFunction<Fault> {
  private static final Fault[] KINDS = {
    Fault.THROTTLED,
    Fault.THROTTLED,
    Fault.CLOSED,
    Fault.CLOSED,
    Fault.DONE_THEN_CLOSED,
    Fault.DONE_THEN_CLOSED,
    Fault.DONE_THEN_500,
    Fault.DONE_THEN_500,
    Fault.DONE_THEN_SILENT
  };

  private static final int AT_ANY_TIME = 10;
  private static final int IN_A_STORM = 350;
  private static final long STORM_EVERY_NANOS = 60_000_000_000L;
  private static final long STORM_NANOS = 3_000_000_000L;

  private final LongSupplier nanoTime;
  private final long start;
  private final Map<Fault, AtomicLong> injected = new EnumMap<>(Fault.class);
  private volatile boolean calm;

  Faults(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
    for (Fault fault : Fault.values()) {
      injected.put(fault, new AtomicLong());
    }
  }

  @Override
  public Fault apply(int call) {
    Fault fault = fault(new SplittableRandom(call));
    injected.get(fault).incrementAndGet();
    return fault;
  }

  private Fault fault(SplittableRandom random) {
    // the first one comes early, so that a short run has one, too
    long intoTheMinute = (nanoTime.getAsLong() - start) % STORM_EVERY_NANOS;
    boolean storm = intoTheMinute >= STORM_NANOS && intoTheMinute < 2 * STORM_NANOS;
    if (calm || random.nextInt(1_000) >= (storm ? IN_A_STORM : AT_ANY_TIME)) {
      return Fault.NONE;
    }
    return KINDS[random.nextInt(KINDS.length)];
  }

  /** From now on nothing fails. */
  void calm() {
    calm = true;
  }

  /** How often each fault was injected. */
  Map<Fault, Long> injected() {
    Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    injected.forEach((fault, count) -> counts.put(fault, count.get()));
    return counts;
  }
}
