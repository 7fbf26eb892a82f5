package com.visitorcount.http;

import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * All metrics of the functions, each in the one dimension {@code Service}: a metric series costs
 * money by the month, so neither function, page nor reason is a dimension. They are properties of
 * the record.
 */
public enum Metric {
  /** Views counted. */
  VIEWS("Views", MetricUnit.COUNT),
  /** Views that were the first of their page. */
  NEW_PAGES("NewPages", MetricUnit.COUNT),
  /** Views that had been counted before, and were not counted again. */
  DUPLICATE_VIEWS("DuplicateViews", MetricUnit.COUNT),
  /** Views that were not to be counted; the property {@code dropped} says why. */
  DROPPED_VIEWS("DroppedViews", MetricUnit.COUNT),
  /** Requests that read counts. */
  READS("Reads", MetricUnit.COUNT),
  /** Requests with something wrong in them (4xx). */
  REJECTED_REQUESTS("RejectedRequests", MetricUnit.COUNT),
  /** Requests that we could not answer (5xx). */
  FAULTS("Faults", MetricUnit.COUNT),
  /** Views that became rows of history; those of a batch that came again count again. */
  VIEWS_ROLLED_UP("ViewsRolledUp", MetricUnit.COUNT),
  /** First request of a sandbox. */
  COLD_START("ColdStart", MetricUnit.COUNT),
  /** Time in the handler. */
  LATENCY("Latency", MetricUnit.MILLISECONDS);

  private final String label;
  private final MetricUnit unit;

  Metric(String label, MetricUnit unit) {
    this.label = label;
    this.unit = unit;
  }

  /** Name in CloudWatch. */
  public String label() {
    return label;
  }

  MetricUnit unit() {
    return unit;
  }
}
