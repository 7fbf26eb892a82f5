package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A UTC day of a site to which no more views are expected.
 *
 * @param revision which of the stored revisions of its parts counts
 * @param summary null if it cannot be read; its parts say the same
 */
public record ClosedDay(String revision, @Nullable Summary summary) {
  public ClosedDay {
    requireNonNull(revision, "revision");
  }

  /** By which rule the day's views are put into visits, if they are stored as rows. */
  public VisitRule rule() {
    return summary == null ? VisitRule.CURRENT : summary.rule();
  }
}
