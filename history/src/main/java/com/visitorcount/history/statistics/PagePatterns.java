package com.visitorcount.history.statistics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Matches texts against several patterns. All patterns form one automaton whose states are bits, so
 * each character of the text takes a few steps for every 64 characters of the patterns, whatever a
 * client sends (Navarro and Raffinot, Flexible Pattern Matching in Strings, 4.3).
 */
final class PagePatterns {
  /** States before the first character of a pattern. */
  private final long[] starts;

  /** States after the last character of a pattern. */
  private final long[] ends;

  /** States that any character keeps active: at {@code **}. */
  private final long[] staying;

  /** States that any character but a slash keeps active: these, and those at {@code *}. */
  private final long[] stayingInSegment;

  /** States that advance to the next, by the character that advances them. */
  private final Map<Character, long[]> stepping = new HashMap<>();

  /**
   * @param patterns {@code *} matches any text without a slash, {@code **} any text, and a
   *     backslash escapes a character
   */
  PagePatterns(List<String> patterns) {
    BitSet start = new BitSet();
    BitSet end = new BitSet();
    BitSet any = new BitSet();
    BitSet segment = new BitSet();
    Map<Character, BitSet> steps = new HashMap<>();
    int state = 0;
    for (String pattern : patterns) {
      start.set(state);
      for (int i = 0; i < pattern.length(); i++) {
        boolean escape = pattern.charAt(i) == '\\' && i + 1 < pattern.length();
        if (pattern.charAt(i) != '*') {
          i += escape ? 1 : 0;
          steps.computeIfAbsent(pattern.charAt(i), c -> new BitSet()).set(state);
          state++;
        } else if (pattern.startsWith("**", i)) {
          any.set(state);
          i++;
        } else {
          segment.set(state);
        }
      }
      end.set(state);
      state++;
    }
    segment.or(any);
    int words = state / Long.SIZE + 1;
    this.starts = words(start, words);
    this.ends = words(end, words);
    this.staying = words(any, words);
    this.stayingInSegment = words(segment, words);
    steps.forEach((c, states) -> stepping.put(c, words(states, words)));
  }

  private static long[] words(BitSet bits, int words) {
    return Arrays.copyOf(bits.toLongArray(), words);
  }

  /** Whether a text matches one of the patterns. */
  boolean match(String text) {
    long[] states = starts.clone();
    long[] none = new long[states.length];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      long[] stepping = this.stepping.getOrDefault(c, none);
      long[] staying = c == '/' ? this.staying : stayingInSegment;
      long carry = 0;
      long left = 0;
      for (int word = 0; word < states.length; word++) {
        long steps = states[word] & stepping[word];
        states[word] = (steps << 1) | carry | (states[word] & staying[word]);
        carry = steps >>> (Long.SIZE - 1);
        left |= states[word];
      }
      if (left == 0) {
        return false;
      }
    }
    for (int word = 0; word < states.length; word++) {
      if ((states[word] & ends[word]) != 0) {
        return true;
      }
    }
    return false;
  }
}
