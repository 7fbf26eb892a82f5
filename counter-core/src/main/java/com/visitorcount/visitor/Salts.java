package com.visitorcount.visitor;

import java.time.LocalDate;

/**
 * The secrets behind visitor tokens: one for each UTC day, random, the same for all who ask, and
 * gone two days later. Safe for use by several threads.
 */
@FunctionalInterface
public interface Salts {
  /**
   * The salt of a day, which comes into being when it is first asked for.
   *
   * @throws com.visitorcount.counter.StoreUnavailableException if the store did not answer in time
   *     or refused
   */
  byte[] of(LocalDate utcDay);
}
