package com.visitorcount.sam.function;

/** Invokes a function: a {@link LambdaFunction}, or a wrapper around one. */
@FunctionalInterface
public interface Invoker {
  /**
   * Invokes it once.
   *
   * @param event JSON
   * @return JSON
   * @throws ThrottledException if its reserved concurrency is used up
   * @throws FunctionFailedException if it throws
   */
  byte[] invoke(byte[] event);
}
