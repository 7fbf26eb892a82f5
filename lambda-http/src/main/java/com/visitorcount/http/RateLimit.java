package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often each client may do something: so many times at once, and one more for each interval
 * that goes by. The generic cell rate algorithm (ITU-T I.371), which keeps one time for a client.
 *
 * <p>Best effort: it knows what went through this object alone, which is one sandbox of a function.
 * It keeps times in {@value #CELLS} cells, not clients, so it never grows, and holds nobody's
 * address; two clients who fall on the same cell share what one may do. Safe for use by several
 * threads.
 */
public final class RateLimit {
  static final int CELLS = 16_384;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final long intervalMicros;
  private final long burstMicros;
  private final Clock clock;

  /** When each cell has all that it may have, in microseconds since the epoch. */
  private final AtomicLongArray full = new AtomicLongArray(CELLS);

  /**
   * @param interval in which a client gains one, from a microsecond to hours
   * @param burst how many it has at most, from 1
   */
  public RateLimit(Duration interval, int burst, Clock clock) {
    this.intervalMicros = TimeUnit.MICROSECONDS.convert(interval);
    this.burstMicros = intervalMicros * burst;
    this.clock = requireNonNull(clock, "clock");
    if (intervalMicros <= 0 || burst <= 0) {
      throw new IllegalArgumentException("interval and burst must be positive");
    }
  }

  /** So many a second, and five times as many at once. */
  static RateLimit perSecond(int requests, Clock clock) {
    return new RateLimit(Duration.ofSeconds(1).dividedBy(requests), 5 * requests, clock);
  }

  /**
   * Takes one of what a client may do.
   *
   * @return 0 if it had one; else the whole seconds, from 1, after which it has
   */
  public int take(String client) {
    int cell = cell(client);
    while (true) {
      long now = nowMicros();
      long before = full.get(cell);
      long fullAt = fullAt(before, now);
      int wait = secondsToWait(fullAt, now);
      if (wait > 0 || full.compareAndSet(cell, before, fullAt + intervalMicros)) {
        return wait;
      }
    }
  }

  /** What {@link #take} would return, without taking anything. */
  public int secondsToWait(String client) {
    long now = nowMicros();
    return secondsToWait(fullAt(full.get(cell(client)), now), now);
  }

  private int secondsToWait(long fullAt, long now) {
    long waitMicros = fullAt + intervalMicros - burstMicros - now;
    return waitMicros <= 0 ? 0 : (int) -Math.floorDiv(-waitMicros, MICROS_PER_SECOND);
  }

  /** Not in the past; nor further in the future than it can be, unless the clock went back. */
  private long fullAt(long stored, long now) {
    return stored > now + burstMicros ? now : Math.max(stored, now);
  }

  private long nowMicros() {
    return clock.millis() * 1_000;
  }

  private static int cell(String client) {
    int hash = client.hashCode() * 0x9E3779B9;
    return hash >>> (Integer.SIZE - Integer.numberOfTrailingZeros(CELLS));
  }
}
