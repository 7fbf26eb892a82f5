package com.visitorcount.counter;

/** DynamoDB did not answer in time or refused. A later retry may succeed. */
public final class StoreUnavailableException extends RuntimeException {
  /** For a store whose answer lacks what was asked for. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * @param cause the exception of the SDK
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
