package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A UTC day of a site to which no more views are expected.
 *
 * @param revision the current revision of its parts
 * @param summary null if it cannot be read; its parts have the same information
 * @param rows which of the views in the summary have rows in the parts
 */
public record ClosedDay(String revision, @Nullable Summary summary, KnownRows rows) {
  /** Which views of a day have rows. */
  public enum KnownRows {
    ALL,
    /** The other views have only sums. */
    SOME,
    NONE
  }

  public ClosedDay {
    requireNonNull(revision, "revision");
    requireNonNull(rows, "rows");
  }

  /** A day whose views all have rows. */
  public ClosedDay(String revision, @Nullable Summary summary) {
    this(revision, summary, KnownRows.ALL);
  }

  /** The rule that divides the day's views into visits, if they are stored as rows. */
  public VisitRule rule() {
    return summary == null ? VisitRule.CURRENT : summary.rule();
  }
}
