package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

/** What is wrong with a command, as a message for the user. */
final class UsageException extends RuntimeException {
  private final String reason;

  UsageException(String reason) {
    super(reason);
    this.reason = requireNonNull(reason, "reason");
  }

  String reason() {
    return reason;
  }
}
