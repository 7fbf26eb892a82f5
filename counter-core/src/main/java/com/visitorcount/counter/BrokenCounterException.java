package com.visitorcount.counter;

/**
 * The count in a page's item is none: no number, not a whole one, negative, or of more than 38
 * digits, as when it was set by hand. It stays so until somebody mends the item.
 */
public final class BrokenCounterException extends RuntimeException {
  BrokenCounterException() {
    super("the attribute " + CounterItem.VIEWS + " is no whole number from 0 to 10^38 - 1");
  }
}
