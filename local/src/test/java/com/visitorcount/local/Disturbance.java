package com.visitorcount.local;

import com.visitorcount.sam.function.Invoker;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Disturbs calls of functions: one in ten is not made, one in ten is made twice, one answer in ten
 * is lost. Safe for use by several threads.
 */
public final class Disturbance {
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean over;

  /** The same calls, disturbed according to the seed. */
  public Invoker of(Invoker invoker, long seed) {
    Random random = new Random(seed);
    return event -> {
      int fate = over ? Integer.MAX_VALUE : random.nextInt(10);
      if (fate < 3) {
        count.incrementAndGet();
      }
      if (fate == 0) {
        throw new IllegalStateException("not invoked");
      }
      byte[] answer = invoker.invoke(event);
      if (fate == 1) {
        throw new IllegalStateException("answer lost");
      }
      return fate == 2 ? invoker.invoke(event) : answer;
    };
  }

  /** From now on disturbs nothing. */
  public void end() {
    over = true;
  }

  /** How many calls were disturbed. */
  public int count() {
    return count.get();
  }
}
