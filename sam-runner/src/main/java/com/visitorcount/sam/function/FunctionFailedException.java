package com.visitorcount.sam.function;

/** A function threw an exception, which is the cause. */
public final class FunctionFailedException extends RuntimeException {
  FunctionFailedException(String functionId, Throwable cause) {
    super(functionId + " failed", cause);
  }
}
