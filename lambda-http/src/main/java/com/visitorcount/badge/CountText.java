package com.visitorcount.badge;

import java.math.BigInteger;

/** A count in digits that people read at a glance, the same in every language. */
final class CountText {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);
  private static final String[] UNITS = {"", "k", "M", "B", "T"};

  private CountText() {}

  /** All digits, in groups of three: {@code 1,234,567}. */
  static String exact(BigInteger count) {
    if (count.signum() < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
    StringBuilder text = new StringBuilder(count.toString());
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /**
   * The first digits and a unit: {@code 12.4k}, {@code 1.2M}, {@code 3B}. Cut, not rounded, so that
   * it never says more than there is. From a thousand T on the T are grouped: {@code 1,234T}.
   */
  static String compact(BigInteger count) {
    BigInteger whole = count;
    BigInteger rest = BigInteger.ZERO;
    int unit = 0;
    while (whole.compareTo(THOUSAND) >= 0 && unit < UNITS.length - 1) {
      BigInteger[] parts = whole.divideAndRemainder(THOUSAND);
      whole = parts[0];
      rest = parts[1];
      unit++;
    }
    int tenths = rest.intValue() / 100;
    boolean decimal = tenths > 0 && whole.compareTo(HUNDRED) < 0;
    return exact(whole) + (decimal ? "." + tenths : "") + UNITS[unit];
  }
}
