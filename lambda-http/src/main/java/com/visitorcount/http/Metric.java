package com.visitorcount.http;

/**
 * All metrics of the functions, each in the one dimension {@code Service}: a metric series costs
 * money by the month, so neither function, page nor reason is a dimension. They are properties of
 * the record.
 */
public enum Metric {
  /** Views counted. */
  VIEWS("Views"),
  /** Views that were the first of their page. */
  NEW_PAGES("NewPages"),
  /** Views that had been counted before, and were not counted again. */
  DUPLICATE_VIEWS("DuplicateViews"),
  /** Views that were not to be counted; the property {@code dropped} says why. */
  DROPPED_VIEWS("DroppedViews"),
  /** Requests that read counts. */
  READS("Reads"),
  /** Requests with something wrong in them (4xx). */
  REJECTED_REQUESTS("RejectedRequests"),
  /** Requests that we could not answer (5xx), or only in part. */
  FAULTS("Faults"),
  /** Views that became rows of history; those of a batch that came again count again. */
  VIEWS_ROLLED_UP("ViewsRolledUp"),
  /** First request of a sandbox. */
  COLD_START("ColdStart");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /** Name in CloudWatch. */
  public String label() {
    return label;
  }
}
