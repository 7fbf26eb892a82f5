package com.visitorcount.page;

/**
 * A text is not a valid page id. The message tells the sender what is wrong, and repeats nothing of
 * the text.
 */
public final class InvalidPageException extends RuntimeException {
  InvalidPageException(String message) {
    super(message);
  }
}
