package com.visitorcount.counter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a page in the table {@code VisitorCount}: the names of its attributes. */
final class CounterItem {
  /** All views so far. A reserved word of DynamoDB, to be aliased. */
  static final String VIEWS = "views";

  /** Milliseconds since the epoch of the first write by this code. */
  static final String BORN = "born";

  /**
   * What {@code views} stood at before the first write by this code. An item that was born before
   * this attribute existed has its birth here instead: what it stood at is not known. A reserved
   * word of DynamoDB, to be aliased.
   */
  static final String BASE = "base";

  /** The facts of the latest view. A reserved word of DynamoDB, to be aliased. */
  static final String LAST = "last";

  /** The highest count: DynamoDB has 38 digits. */
  static final BigInteger MAX_VIEWS = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  private static final int MAX_DIGITS = 38;

  private CounterItem() {}

  /**
   * The count in an item or in a part of one, 0 where there is none.
   *
   * @throws BrokenCounterException if {@code views} is no whole number from 0 to {@link #MAX_VIEWS}
   */
  static BigInteger views(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(VIEWS);
    BigInteger views = value == null ? BigInteger.ZERO : wholeNumber(value);
    if (views == null || views.signum() < 0) {
      throw new BrokenCounterException();
    }
    return views;
  }

  /** The birth in an item or in a part of one, 0 where there is none, or none that is a time. */
  static long bornMillis(Map<String, AttributeValue> item) {
    return millis(item.get(BORN));
  }

  /**
   * What {@code views} stood at before the first write by this code, null where that is not known.
   */
  static @Nullable BigInteger base(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(BASE);
    if (value == null || value.equals(item.get(BORN))) {
      return null;
    }
    BigInteger base = wholeNumber(value);
    return base == null || base.signum() < 0 ? null : base;
  }

  /** Milliseconds since the epoch, 0 for what is none. */
  static long millis(@Nullable AttributeValue value) {
    BigInteger millis = value == null ? null : wholeNumber(value);
    return millis == null || millis.bitLength() >= Long.SIZE ? 0 : millis.longValueExact();
  }

  /**
   * A whole number of up to 38 digits, null for anything else. DynamoDB may write a number with a
   * fraction of zeros or an exponent.
   */
  static @Nullable BigInteger wholeNumber(AttributeValue value) {
    if (value.n() == null) {
      return null;
    }
    try {
      BigDecimal number = new BigDecimal(value.n());
      boolean tooLong = (long) number.precision() - number.scale() > MAX_DIGITS;
      return tooLong ? null : number.toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }
}
