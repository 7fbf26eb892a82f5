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

  private CounterItem() {}

  /**
   * The count in an item or in a part of one, 0 where there is none. DynamoDB may write a number
   * with a fraction of zeros or an exponent: all that is a whole number is read exactly.
   *
   * @throws IllegalStateException if {@code views} is no whole number
   */
  static BigInteger views(Map<String, AttributeValue> item) {
    AttributeValue views = item.get(VIEWS);
    if (views == null) {
      return BigInteger.ZERO;
    }
    if (views.n() == null) {
      throw new IllegalStateException("the attribute " + VIEWS + " is not a number");
    }
    try {
      return new BigDecimal(views.n()).toBigIntegerExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalStateException("the attribute " + VIEWS + " is not a whole number", e);
    }
  }
}
