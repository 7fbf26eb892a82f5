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
     * With ids, and never so many at once that the guard's promise does not hold: each view, sent
     * again as often as need be, counts once.
     */
    PROMISED,
    /** With ids, by everybody at once: a view counts once, or more often if an answer was lost. */
    CROWDED,
    /** By images, which have no id: one that is not answered may have counted, or not. */
    IMAGE
  }

  /**
   * Views that may be under way, counted from the oldest that is: of three that began before one
   * and three that began after it, none is beyond the seven that may come in between.
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

  /** Begins a view, whose number it gives; none if too many are under way. */
  synchronized OptionalLong begin() {
    if (kind == Kind.PROMISED && !underWay.isEmpty() && begun - underWay.first() >= UNDER_WAY) {
      return OptionalLong.empty();
    }
    underWay.add(begun);
    return OptionalLong.of(begun++);
  }

  /** A view was acknowledged, and nothing of it is under way any more. */
  synchronized void acknowledge(long number) {
    underWay.remove(number);
    acknowledged++;
  }

  /** Nobody will ever know whether a view was counted. */
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

  /** What is wrong with a counter once nothing is under way. */
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
