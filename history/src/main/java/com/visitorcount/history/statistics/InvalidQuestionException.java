package com.visitorcount.history.statistics;

/** A question that cannot be answered. The message says how to mend it, in words for the client. */
public final class InvalidQuestionException extends RuntimeException {
  public InvalidQuestionException(String message) {
    super(message);
  }
}
