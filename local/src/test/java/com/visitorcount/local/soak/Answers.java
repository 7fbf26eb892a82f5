package com.visitorcount.local.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The answers to the clients. Safe for use by several threads. */
final class Answers {
  /** The kinds of requests. */
  enum Asked {
    VIEW("view"),
    VIEW_AGAIN("view sent again"),
    IMAGE("counting image"),
    ENGAGEMENT("message about engagement"),
    BOT("view by a bot"),
    COUNT("count"),
    BADGE("badge"),
    STATISTICS("statistics"),
    VERIFY("verify"),
    FILE("file"),
    WRONG("wrong request");

    private final String title;

    Asked(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  private static final int MOST_FAULTS = 50;

  private final Map<Asked, Latencies> latencies = new EnumMap<>(Asked.class);
  private final AtomicLong all = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong resolved = new AtomicLong();
  private final AtomicLong faultCount = new AtomicLong();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  Answers() {
    for (Asked asked : Asked.values()) {
      latencies.put(asked, new Latencies());
    }
  }

  void answered(Asked asked, long nanos) {
    latencies.get(asked).add(nanos);
    all.incrementAndGet();
  }

  /** DynamoDB had trouble, and the answer said so. */
  void unavailable() {
    unavailable.incrementAndGet();
  }

  /** The connection was closed, or never made. */
  void unanswered() {
    unanswered.incrementAndGet();
  }

  /** A view whose outcome was unknown for a while is acknowledged. */
  void resolved() {
    resolved.incrementAndGet();
  }

  /** Something that must not happen. */
  void fault(String what) {
    if (faultCount.incrementAndGet() <= MOST_FAULTS) {
      faults.add(what);
    }
  }

  Latencies latencies(Asked asked) {
    return latencies.get(asked);
  }

  long count() {
    return all.get();
  }

  long unavailableCount() {
    return unavailable.get();
  }

  long unansweredCount() {
    return unanswered.get();
  }

  long resolvedCount() {
    return resolved.get();
  }

  /** The first faults. */
  List<String> faults() {
    return List.copyOf(faults);
  }
}
