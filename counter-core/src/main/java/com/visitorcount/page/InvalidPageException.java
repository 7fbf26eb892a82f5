package com.visitorcount.page;

/**
 * A text that cannot be a page id. The message says what is wrong in words that help whoever sent
 * the text, and repeats nothing of it.
 */
public final class InvalidPageException extends RuntimeException {
  InvalidPageException(String message) {
    super(message);
  }
}
