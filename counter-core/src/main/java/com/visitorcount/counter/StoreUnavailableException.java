package com.visitorcount.counter;

/** DynamoDB did not answer in time, or refused. Trying again later may work. */
public final class StoreUnavailableException extends RuntimeException {
  /** For a store that answers, but not with what was asked for. */
  public StoreUnavailableException(String message) {
    super(message);
  }

  /**
   * @param cause what the store, or the way to it, said
   */
  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
