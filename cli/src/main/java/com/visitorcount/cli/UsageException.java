package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

/** What is wrong with a command, in words for its user. */
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
