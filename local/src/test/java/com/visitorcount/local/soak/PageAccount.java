package com.visitorcount.local.soak;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** What the clients know of one page's views. Safe for use by several threads. */
final class PageAccount {
  /** How its views are sent. */
  enum Kind {
    /**
     * With ids, and within the guard's guarantee: each view, repeated as often as necessary, counts
     * once.
     */
    PROMISED,
    /**
     * With ids, by all clients at once: a view counts once, or more often if an answer was lost.
     */
    CROWDED,
    /** With images, which have no id: one without an answer may have counted or not. */
    IMAGE
  }

  /**
   * Most views in progress, counted from the oldest: at most three began before a view and three
   * after it, fewer than the seven that may come in between.
   */
  static final int UNDER_WAY = 4;

  private final String page;
  private final Kind kind;
  private final TreeSet<Long> underWay = new TreeSet<>();
  private long begun;
  private long acknowledged;
  private long unknown;

  PageAccount(String page, Kind kind) {
    this.page = page;
    this.kind = kind;
  }

  String page() {
    return page;
  }

  Kind kind() {
    return kind;
  }

  /** Begins a view and returns its number; empty if too many are in progress. */
  synchronized OptionalLong begin() {
    if (kind == Kind.PROMISED && !underWay.isEmpty() && begun - underWay.first() >= UNDER_WAY) {
      return OptionalLong.empty();
    }
    underWay.add(begun);
    return OptionalLong.of(begun++);
  }

  /** A view was acknowledged, and none of its requests is in progress. */
  synchronized void acknowledge(long number) {
    underWay.remove(number);
    acknowledged++;
  }

  /** It will never be known whether a view was counted. */
  synchronized void giveUp(long number) {
    underWay.remove(number);
    unknown++;
  }

  synchronized long begun() {
    return begun;
  }

  synchronized long acknowledged() {
    return acknowledged;
  }

  synchronized long unknown() {
    return unknown;
  }

  /** The fault of a counter once nothing is in progress, if any. */
  synchronized Optional<String> fault(BigInteger counter) {
    BigInteger least = BigInteger.valueOf(acknowledged);
    BigInteger most = BigInteger.valueOf(acknowledged + unknown);
    boolean tooLow = counter.compareTo(least) < 0;
    boolean tooHigh = kind != Kind.CROWDED && counter.compareTo(most) > 0;
    if (!tooLow && !tooHigh && underWay.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "%s counts %s; acknowledged %d, unknown %d, under way %d"
            .formatted(page, counter, acknowledged, unknown, underWay.size()));
  }
}
