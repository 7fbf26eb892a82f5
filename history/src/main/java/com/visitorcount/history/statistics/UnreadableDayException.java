package com.visitorcount.history.statistics;

import java.time.LocalDate;

/** Stored data of a closed day is missing or makes no sense. The message is the item's key. */
public final class UnreadableDayException extends RuntimeException {
  private final LocalDate day;

  public UnreadableDayException(LocalDate day, String message, Throwable cause) {
    super(message, cause);
    this.day = day;
  }

  public UnreadableDayException(LocalDate day, String message) {
    super(message);
    this.day = day;
  }

  /** The UTC day. */
  public LocalDate day() {
    return day;
  }
}
