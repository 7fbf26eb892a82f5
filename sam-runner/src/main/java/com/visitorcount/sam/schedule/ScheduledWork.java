package com.visitorcount.sam.schedule;

import com.visitorcount.sam.failure.LocalException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** Work on a schedule, done by a call when it is due, or at once. */
public final class ScheduledWork {
  private final Timetable timetable;
  private final Clock clock;
  private final Consumer<Instant> work;
  private Instant due;

  private ScheduledWork(Timetable timetable, Clock clock, Consumer<Instant> work) {
    this.timetable = timetable;
    this.clock = clock;
    this.work = work;
    this.due = timetable.next(clock.instant());
  }

  /**
   * Starts a schedule now.
   *
   * @param expression in EventBridge's syntax
   * @param work receives the time at which it was due
   * @throws LocalException for an unsupported expression
   */
  public static ScheduledWork of(String expression, Clock clock, Consumer<Instant> work) {
    return new ScheduledWork(Timetable.parse(expression), clock, work);
  }

  /** Does the work if it is due; only once, however often it has become due since the last time. */
  public synchronized void runIfDue() {
    Instant now = clock.instant();
    if (!now.isBefore(due)) {
      Instant time = due;
      due = timetable.next(now);
      work.accept(time);
    }
  }

  /** Does the work, whether it is due or not. */
  public synchronized void runNow() {
    work.accept(clock.instant());
  }
}
