package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

/**
 * A UTC day of a site to which no more views are expected.
 *
 * @param revision which of the stored revisions of its parts counts
 */
public record ClosedDay(String revision, Summary summary) {
  public ClosedDay {
    requireNonNull(revision, "revision");
    requireNonNull(summary, "summary");
  }
}
