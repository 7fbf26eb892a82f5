package com.visitorcount.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Numbers that rows have, as runs without a gap. Not safe for use by several threads. */
final class SequenceSet {
  private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

  /** Adds all numbers from the first to the last, inclusive; those that are there stay. */
  void add(long first, long last) {
    long from = first;
    long to = last;
    Map.Entry<Long, Long> before = lastByFirst.floorEntry(first);
    if (before != null && before.getValue() >= first - 1) {
      from = before.getKey();
      to = Math.max(to, before.getValue());
    }
    for (Map.Entry<Long, Long> next = lastByFirst.ceilingEntry(from);
        next != null && next.getKey() <= to + 1;
        next = lastByFirst.higherEntry(next.getKey())) {
      to = Math.max(to, next.getValue());
    }
    lastByFirst.subMap(from, true, to, true).clear();
    lastByFirst.put(from, to);
  }

  /** The numbers of this set that are not above another. */
  SequenceSet upTo(long number) {
    SequenceSet set = new SequenceSet();
    lastByFirst
        .headMap(number, true)
        .forEach((first, last) -> set.add(first, Math.min(last, number)));
    return set;
  }

  /** The runs, last number by first. */
  NavigableMap<Long, Long> runs() {
    return lastByFirst;
  }

  /** How many numbers there are. */
  long size() {
    return lastByFirst.entrySet().stream()
        .mapToLong(run -> run.getValue() - run.getKey() + 1)
        .sum();
  }

  boolean isEmpty() {
    return lastByFirst.isEmpty();
  }

  /** The lowest number; there must be one. */
  long first() {
    return lastByFirst.firstKey();
  }

  /** The highest number; there must be one. */
  long last() {
    return lastByFirst.lastEntry().getValue();
  }
}
