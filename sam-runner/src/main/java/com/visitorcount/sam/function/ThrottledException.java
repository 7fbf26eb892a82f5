package com.visitorcount.sam.function;

/** As many requests as the function's reserved concurrency allows are under way. */
public final class ThrottledException extends RuntimeException {
  ThrottledException(String functionId) {
    super(functionId + " has no concurrency left");
  }
}
