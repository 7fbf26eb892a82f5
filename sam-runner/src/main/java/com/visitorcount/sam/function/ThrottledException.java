package com.visitorcount.sam.function;

/** The function's reserved concurrency is used up. */
public final class ThrottledException extends RuntimeException {
  ThrottledException(String functionId) {
    super(functionId + " has no concurrency left");
  }
}
