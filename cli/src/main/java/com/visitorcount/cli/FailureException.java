package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

/** Why a command cannot do what it was asked, in words for its user. */
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
