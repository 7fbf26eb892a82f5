package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.Totals;

/**
 * What metrics are of.
 *
 * @param totals what views and events amount to
 * @param everyone what they would amount to without conditions on events: those whose visitors
 *     might have reached a goal
 */
record Measured(Totals totals, Totals everyone) {
  Measured {
    requireNonNull(totals, "totals");
    requireNonNull(everyone, "everyone");
  }

  /** Where nobody asks for a conversion rate. */
  static Measured of(Totals totals) {
    return new Measured(totals, Totals.NONE);
  }
}
