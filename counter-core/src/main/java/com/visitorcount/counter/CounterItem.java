package com.visitorcount.counter;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The item of a page in the table {@code VisitorCount}: the names of its attributes. */
final class CounterItem {
  /** All views so far. A reserved word of DynamoDB, to be aliased. */
  static final String VIEWS = "views";

  /** Milliseconds since the epoch of the first write by this code. */
  static final String BORN = "born";

  /** The facts of the latest view. A reserved word of DynamoDB, to be aliased. */
  static final String LAST = "last";

  private CounterItem() {}

  /**
   * The count in an item or in a part of one, 0 where there is none.
   *
   * @throws IllegalStateException if {@code views} is no whole number
   */
  static BigInteger views(Map<String, AttributeValue> item) {
    return wholeNumber(item, VIEWS);
  }

  /**
   * The count that a write left behind, which is never nothing.
   *
   * @throws IllegalStateException if there is none, or {@code views} is no whole number
   */
  static BigInteger viewsWritten(Map<String, AttributeValue> item) {
    if (!item.containsKey(VIEWS)) {
      throw new IllegalStateException("the attribute " + VIEWS + " is missing");
    }
    return views(item);
  }

  /**
   * The birth in an item or in a part of one, 0 where there is none.
   *
   * @throws IllegalStateException if {@code born} is no whole number, or not one of this size
   */
  static long bornMillis(Map<String, AttributeValue> item) {
    try {
      return wholeNumber(item, BORN).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalStateException("the attribute " + BORN + " is no time", e);
    }
  }

  /**
   * An attribute that is a number, 0 where there is none. DynamoDB may write a number with a
   * fraction of zeros or an exponent.
   *
   * @throws IllegalStateException if it is no whole number
   */
  static BigInteger wholeNumber(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null) {
      return BigInteger.ZERO;
    }
    if (value.n() == null) {
      throw new IllegalStateException("the attribute " + name + " is not a number");
    }
    try {
      return new BigDecimal(value.n()).toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalStateException("the attribute " + name + " is not a whole number", e);
    }
  }
}
