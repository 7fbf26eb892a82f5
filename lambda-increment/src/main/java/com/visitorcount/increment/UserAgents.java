package com.visitorcount.increment;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Parses user agents and remembers the results for the last {@value #CAPACITY}: most views of a
 * site come with few different ones. They are kept only in memory. Safe for use by several threads.
 */
final class UserAgents {
  static final int CAPACITY = 256;

  /** No browser needs more, but clients may send any length. */
  static final int MAX_CHARS = 1_024;

  private final Map<String, UserAgent> known =
      new LinkedHashMap<>(2 * CAPACITY, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UserAgent> eldest) {
          return size() > CAPACITY;
        }
      };

  /** Parses the first {@value #MAX_CHARS} characters of a header. */
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
