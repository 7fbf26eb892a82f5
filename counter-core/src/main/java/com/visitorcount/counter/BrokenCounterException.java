package com.visitorcount.counter;

/**
 * The count in a page's item is invalid: not a number, not whole, negative, or longer than 38
 * digits, for example because it was set by hand. This lasts until somebody repairs the item.
 */
public final class BrokenCounterException extends RuntimeException {
  BrokenCounterException() {
    super("the attribute " + CounterItem.VIEWS + " is no whole number from 0 to 10^38 - 1");
  }
}
