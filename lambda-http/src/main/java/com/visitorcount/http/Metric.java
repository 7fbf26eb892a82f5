package com.visitorcount.http;

/**
 * All metrics of the functions, with {@code Service} as the only dimension. Each series costs money
 * every month, so function, page and reason are properties of the record, not dimensions.
 */
public enum Metric {
  /** Views counted. */
  VIEWS("Views"),
  /** First views of pages. */
  NEW_PAGES("NewPages"),
  /** Views that were counted before and are not counted again. */
  DUPLICATE_VIEWS("DuplicateViews"),
  /** Views that must not be counted; the property {@code dropped} says why. */
  DROPPED_VIEWS("DroppedViews"),
  /** Requests that read counts. */
  READS("Reads"),
  /** Invalid requests (4xx). */
  REJECTED_REQUESTS("RejectedRequests"),
  /** Requests that could not be answered (5xx), or only in part. */
  FAULTS("Faults"),
  /** Views that became rows of history; a repeated batch counts again. */
  VIEWS_ROLLED_UP("ViewsRolledUp"),
  /** First request of a sandbox. */
  COLD_START("ColdStart"),
  /** Days whose files in the lake could not be written. */
  LAKE_FAULTS("LakeFaults");

  private final String label;

  Metric(String label) {
    this.label = label;
  }

  /** Name in CloudWatch. */
  public String label() {
    return label;
  }
}
