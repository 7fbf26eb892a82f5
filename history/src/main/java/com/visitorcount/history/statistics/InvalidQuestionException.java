package com.visitorcount.history.statistics;

/** A question that cannot be answered. The message tells the client how to fix it. */
public final class InvalidQuestionException extends RuntimeException {
  public InvalidQuestionException(String message) {
    super(message);
  }
}
