package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Limits how often each client may do something: a burst at once, and one more for each interval
 * that passes. Uses the generic cell rate algorithm (ITU-T I.371), which stores one time for each
 * client.
 *
 * <p>Best effort: it only knows what went through this object, which means one sandbox of a
 * function. It stores times in {@value #CELLS} cells rather than by client, so it never grows and
 * holds no addresses; two clients in the same cell share one limit. Safe for use by several
 * threads.
 */
public final class RateLimit {
  static final int CELLS = 16_384;

  private static final long MICROS_PER_SECOND = 1_000_000;

  private final long intervalMicros;
  private final long burstMicros;
  private final Clock clock;

  /** When each cell has its full burst again, in microseconds since the epoch. */
  private final AtomicLongArray full = new AtomicLongArray(CELLS);

  /**
   * @param interval time after which a client may do one more, from a microsecond to hours
   * @param burst most at once, from 1
   */
  public RateLimit(Duration interval, int burst, Clock clock) {
    this.intervalMicros = TimeUnit.MICROSECONDS.convert(interval);
    this.burstMicros = intervalMicros * burst;
    this.clock = requireNonNull(clock, "clock");
    if (intervalMicros <= 0 || burst <= 0) {
      throw new IllegalArgumentException("interval and burst must be positive");
    }
  }

  /** A limit of some requests a second, with bursts of five times as many. */
  static RateLimit perSecond(int requests, Clock clock) {
    return new RateLimit(Duration.ofSeconds(1).dividedBy(requests), 5 * requests, clock);
  }

  /**
   * Uses up one of a client's allowance.
   *
   * @return 0 if it had one left; otherwise the whole seconds, from 1, until it has
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

  /** What {@link #take} would return, without using anything up. */
  public int secondsToWait(String client) {
    long now = nowMicros();
    return secondsToWait(fullAt(full.get(cell(client)), now), now);
  }

  private int secondsToWait(long fullAt, long now) {
    long waitMicros = fullAt + intervalMicros - burstMicros - now;
    return waitMicros <= 0 ? 0 : (int) -Math.floorDiv(-waitMicros, MICROS_PER_SECOND);
  }

  /**
   * Never in the past. A time too far in the future, left from before the clock was set back,
   * counts as now.
   */
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
