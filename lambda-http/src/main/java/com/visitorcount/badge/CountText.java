package com.visitorcount.badge;

import static java.util.Objects.requireNonNull;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats counts for people.
 *
 * @param compact whether to write only the first digits and a unit, rounded down so that the text
 *     never exceeds the count
 * @param locale of digits, separators and units; null: English, independent of the JVM's locale
 *     data
 */
record CountText(boolean compact, @Nullable Locale locale) {
  private static final BigInteger HUNDRED = BigInteger.valueOf(100);
  private static final BigInteger THOUSAND = BigInteger.valueOf(1_000);
  private static final String[] UNITS = {"", "k", "M", "B", "T"};

  /**
   * The text of a count.
   *
   * @throws IllegalArgumentException if it is negative
   */
  String of(BigInteger count) {
    if (count.signum() < 0) {
      throw new IllegalArgumentException("a count is not negative");
    }
    if (locale == null) {
      return compact ? compact(count) : exact(count);
    }
    // the ASCII apostrophe has a known width
    return format(requireNonNull(locale)).format(count).replace('\u2019', '\'');
  }

  private NumberFormat format(Locale of) {
    if (!compact) {
      return NumberFormat.getIntegerInstance(of);
    }
    NumberFormat format = NumberFormat.getCompactNumberInstance(of, NumberFormat.Style.SHORT);
    format.setRoundingMode(RoundingMode.DOWN);
    format.setMaximumFractionDigits(1);
    return format;
  }

  /** All digits, in groups of three: {@code 1,234,567}. */
  private static String exact(BigInteger count) {
    StringBuilder text = new StringBuilder(count.toString());
    for (int i = text.length() - 3; i > 0; i -= 3) {
      text.insert(i, ',');
    }
    return text.toString();
  }

  /** {@code 12.4k}, {@code 1.2M}, {@code 3B}; from a thousand T on, digits are grouped. */
  private static String compact(BigInteger count) {
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
