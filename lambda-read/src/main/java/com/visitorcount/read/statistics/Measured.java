package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.Totals;

/**
 * What metrics are computed from.
 *
 * @param totals of the views and events
 * @param everyone the totals without conditions on events: all visitors who might have reached a
 *     goal
 */
record Measured(Totals totals, Totals everyone) {
  Measured {
    requireNonNull(totals, "totals");
    requireNonNull(everyone, "everyone");
  }

  /** For questions without a conversion rate. */
  static Measured of(Totals totals) {
    return new Measured(totals, Totals.NONE);
  }
}
