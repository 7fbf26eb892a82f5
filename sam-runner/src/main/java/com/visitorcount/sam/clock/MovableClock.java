package com.visitorcount.sam.clock;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A UTC clock that stands still at the time it is set to, until it follows the system's clock
 * again. Safe for use by several threads.
 */
public final class MovableClock extends Clock {
  private static final Clock SYSTEM = Clock.systemUTC();

  @SuppressWarnings(
      "ThreadLocalUsage") // each clock has its own time for a thread, and there are few clocks
  private final ThreadLocal<@Nullable Instant> ofThread = new ThreadLocal<>();

  private volatile Clock current;

  private MovableClock(Clock current) {
    this.current = current;
  }

  /** A clock that stands still at this time. */
  public static MovableClock at(Instant moment) {
    return new MovableClock(fixed(moment, ZoneOffset.UTC));
  }

  /** A clock that follows the system's. */
  public static MovableClock running() {
    return new MovableClock(SYSTEM);
  }

  /** Sets the clock to a time, where it stands still. */
  public void set(Instant moment) {
    current = fixed(requireNonNull(moment, "moment"), ZoneOffset.UTC);
  }

  /** Moves the clock forward, or back. */
  public void move(Duration by) {
    set(instant().plus(by));
  }

  /** Does some work for which the clock shows another time, on this thread only. */
  public <T> T during(Instant moment, Supplier<T> work) {
    ofThread.set(requireNonNull(moment, "moment"));
    try {
      return work.get();
    } finally {
      ofThread.remove();
    }
  }

  /** Follows the system's clock from now on. */
  public void run() {
    current = SYSTEM;
  }

  @Override
  public Instant instant() {
    @Nullable Instant own = ofThread.get();
    return own == null ? current.instant() : own;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /**
   * @throws UnsupportedOperationException for any zone but UTC; nothing here needs one
   */
  @Override
  public Clock withZone(ZoneId zone) {
    if (zone.equals(ZoneOffset.UTC)) {
      return this;
    }
    throw new UnsupportedOperationException("This clock is in UTC");
  }
}
