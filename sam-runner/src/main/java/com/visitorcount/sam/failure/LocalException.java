package com.visitorcount.sam.failure;

/** Why the product cannot run on this machine, in one sentence for whoever started it. */
public final class LocalException extends RuntimeException {
  public LocalException(String sentence) {
    super(sentence);
  }

  public LocalException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
