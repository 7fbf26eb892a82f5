package com.visitorcount.history.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Whole numbers as stored in summaries of version 1: base-64 digits, first the lowest digit of
 * every number, then the next, up to the longest number.
 */
final class NumberColumn {
  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
  private static final int BITS = 6;
  private static final int MAX_PLACES = Long.SIZE / BITS + 1;

  /** Begins a column of signed numbers, whose lowest bit is the sign. */
  private static final String SIGNED = "~";

  private NumberColumn() {}

  /**
   * The numbers in a text.
   *
   * @param count how many to read
   * @throws IllegalArgumentException if the text does not contain that many numbers
   */
  static List<Long> read(String text, int count) {
    boolean signed = text.startsWith(SIGNED);
    String digits = signed ? text.substring(SIGNED.length()) : text;
    int places = count == 0 ? 0 : digits.length() / count;
    if (digits.length() != places * count || places > MAX_PLACES) {
      throw new IllegalArgumentException("not a column of " + count + " numbers");
    }
    List<Long> numbers = new ArrayList<>(Collections.nCopies(count, 0L));
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = DIGITS.indexOf(digits.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("not a digit: " + digits.charAt(i));
      }
      numbers.set(i % count, (numbers.get(i % count) << BITS) | digit);
    }
    if (signed) {
      numbers.replaceAll(number -> (number >>> 1) ^ -(number & 1));
    }
    return List.copyOf(numbers);
  }
}
