package com.visitorcount.sam.failure;

/** Why the product cannot run on this machine, as one sentence for the user. */
public final class LocalException extends RuntimeException {
  public LocalException(String sentence) {
    super(sentence);
  }

  public LocalException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
