package com.visitorcount.sam.function;

/** The function threw what is the cause. */
public final class FunctionFailedException extends RuntimeException {
  FunctionFailedException(String functionId, Throwable cause) {
    super(functionId + " failed", cause);
  }
}
