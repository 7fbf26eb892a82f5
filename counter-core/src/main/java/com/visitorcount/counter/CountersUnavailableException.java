package com.visitorcount.counter;

/** The store of the counters did not answer in time, or refused. Trying again later may work. */
public final class CountersUnavailableException extends RuntimeException {
  /** For a store that answers, but not with what was asked for. */
  public CountersUnavailableException(String message) {
    super(message);
  }

  /**
   * @param cause what the store, or the way to it, said
   */
  public CountersUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
