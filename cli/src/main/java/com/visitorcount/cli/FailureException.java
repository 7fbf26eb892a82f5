package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

/** Why a command failed, as a message for the user. */
final class FailureException extends RuntimeException {
  private final String reason;

  FailureException(String reason) {
    super(reason);
    this.reason = requireNonNull(reason, "reason");
  }

  String reason() {
    return reason;
  }
}
