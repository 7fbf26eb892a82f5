package com.visitorcount.counter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a page in the table {@code VisitorCount}: the names of its attributes. */
final class CounterItem {
  /** All views so far. A reserved word in DynamoDB, so it needs an alias. */
  static final String VIEWS = "views";

  /** Milliseconds since the epoch of the first write by this code. */
  static final String BORN = "born";

  /**
   * The value of {@code views} before the first write by this code. An item born before this
   * attribute existed has its birth here instead, which means that the value is unknown. A reserved
   * word in DynamoDB, so it needs an alias.
   */
  static final String BASE = "base";

  /** The facts of the latest view. A reserved word in DynamoDB, so it needs an alias. */
  static final String LAST = "last";

  /** The highest count: DynamoDB's numbers have 38 digits. */
  static final BigInteger MAX_VIEWS = BigInteger.TEN.pow(38).subtract(BigInteger.ONE);

  private static final int MAX_DIGITS = 38;

  private CounterItem() {}

  /**
   * The count in an item or a part of one, 0 if there is none.
   *
   * @throws BrokenCounterException if {@code views} is not a whole number from 0 to {@link
   *     #MAX_VIEWS}
   */
  static BigInteger views(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(VIEWS);
    BigInteger views = value == null ? BigInteger.ZERO : wholeNumber(value);
    if (views == null || views.signum() < 0) {
      throw new BrokenCounterException();
    }
    return views;
  }

  /** The birth in an item or a part of one, 0 if it is absent or not a time. */
  static long bornMillis(Map<String, AttributeValue> item) {
    return millis(item.get(BORN));
  }

  /** The value of {@code views} before the first write by this code, null if unknown. */
  static @Nullable BigInteger base(Map<String, AttributeValue> item) {
    AttributeValue value = item.get(BASE);
    if (value == null || value.equals(item.get(BORN))) {
      return null;
    }
    BigInteger base = wholeNumber(value);
    return base == null || base.signum() < 0 ? null : base;
  }

  /** Milliseconds since the epoch, 0 for an invalid value. */
  static long millis(@Nullable AttributeValue value) {
    BigInteger millis = value == null ? null : wholeNumber(value);
    return millis == null || millis.bitLength() >= Long.SIZE ? 0 : millis.longValueExact();
  }

  /**
   * A whole number of up to 38 digits, null for anything else. DynamoDB may return a number with a
   * zero fraction or an exponent.
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
