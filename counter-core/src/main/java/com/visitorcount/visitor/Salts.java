package com.visitorcount.visitor;

import java.time.LocalDate;

/**
 * The secrets behind visitor tokens: one random salt for each UTC day, the same for all callers,
 * and deleted two days later. Safe for use by several threads.
 */
@FunctionalInterface
public interface Salts {
  /**
   * The salt of a day, created on first use.
   *
   * @throws com.visitorcount.counter.StoreUnavailableException if the store did not answer in time
   *     or refused
   */
  byte[] of(LocalDate utcDay);
}
