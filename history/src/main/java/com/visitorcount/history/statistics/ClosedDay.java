package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A UTC day of a site to which no more views are expected.
 *
 * @param revision which of the stored revisions of its parts counts
 * @param summary null if it cannot be read; its parts say the same
 * @param rows whether the views that the summary sums up are in the parts
 */
public record ClosedDay(String revision, @Nullable Summary summary, KnownRows rows) {
  /** Of which of the views of a day there are rows. */
  public enum KnownRows {
    ALL,
    /** Of others there are only sums. */
    SOME,
    NONE
  }

  public ClosedDay {
    requireNonNull(revision, "revision");
    requireNonNull(rows, "rows");
  }

  /** A day of whose views there are rows. */
  public ClosedDay(String revision, @Nullable Summary summary) {
    this(revision, summary, KnownRows.ALL);
  }

  /** By which rule the day's views are put into visits, if they are stored as rows. */
  public VisitRule rule() {
    return summary == null ? VisitRule.CURRENT : summary.rule();
  }
}
