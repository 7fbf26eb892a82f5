package com.visitorcount.increment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What user agents tell, remembered for the {@value #CAPACITY} that were asked for last: most views
 * of a site come with few different ones. They are kept in memory only. Safe for many threads.
 */
final class UserAgents {
  static final int CAPACITY = 256;

  /** No browser needs more, and a client may send any length. */
  static final int MAX_CHARS = 1_024;

  private final Map<String, UserAgent> known =
      new LinkedHashMap<>(2 * CAPACITY, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UserAgent> eldest) {
          return size() > CAPACITY;
        }
      };

  /** What the first {@value #MAX_CHARS} characters of a header tell. */
  UserAgent of(String header) {
    String text = header.substring(0, Math.min(header.length(), MAX_CHARS));
    synchronized (known) {
      return known.computeIfAbsent(text, UserAgent::of);
    }
  }

  int size() {
    synchronized (known) {
      return known.size();
    }
  }
}
