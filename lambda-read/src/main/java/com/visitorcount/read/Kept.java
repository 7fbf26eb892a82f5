package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps answers for a minute or sixty times as long as they took to make, whichever is longer, so
 * that many requests cost as much as one. The least recently used is dropped first. Safe for use by
 * several threads.
 */
final class Kept<K, V> {
  private static final Duration TIME = Duration.ofSeconds(60);
  private static final int TIMES_AS_LONG = 60;

  private record Entry<V>(V value, Instant until) {}

  private final Clock clock;
  private final Map<K, Entry<V>> entries;

  /**
   * @param max most answers
   */
  Kept(int max, Clock clock) {
    this.clock = requireNonNull(clock, "clock");
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, Entry<V>> eldest) {
            return size() > max;
          }
        };
  }

  /** The kept answer, or else a new one. */
  V get(K key, Supplier<V> make) {
    Instant asked = clock.instant();
    synchronized (entries) {
      Entry<V> entry = entries.get(key);
      if (entry != null && asked.isBefore(entry.until())) {
        return entry.value();
      }
    }
    V value = make.get();
    Instant made = clock.instant();
    Duration took = Duration.between(asked, made).multipliedBy(TIMES_AS_LONG);
    Instant until = made.plus(took.compareTo(TIME) > 0 ? took : TIME);
    synchronized (entries) {
      entries.put(key, new Entry<>(value, until));
    }
    return value;
  }
}
