package com.visitorcount.history;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sequences of rows, as runs without gaps. Not safe for use by several threads. */
final class SequenceSet {
  private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

  /** Adds all numbers from the first to the last, both inclusive. */
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

  /** The numbers of this set up to a number, inclusive. */
  SequenceSet upTo(long number) {
    SequenceSet set = new SequenceSet();
    lastByFirst
        .headMap(number, true)
        .forEach((first, last) -> set.add(first, Math.min(last, number)));
    return set;
  }

  /** The last number of each run, by its first. */
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

  /** The lowest number; the set must not be empty. */
  long first() {
    return lastByFirst.firstKey();
  }

  /** The highest number; the set must not be empty. */
  long last() {
    return lastByFirst.lastEntry().getValue();
  }
}
