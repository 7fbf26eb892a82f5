package com.visitorcount.http;

import software.amazon.lambda.powertools.metrics.Metrics;

/**
 * What a request leaves behind: one line in CloudWatch's embedded metric format, with its metrics
 * and properties. For one request and one thread.
 */
public final class RequestRecord {
  private final Metrics metrics;

  RequestRecord(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Counts one. */
  public void count(Metric metric) {
    measure(metric, 1);
  }

  /** Adds a value in the metric's own unit. */
  public void measure(Metric metric, double value) {
    metrics.addMetric(metric.label(), value, metric.unit());
  }

  /**
   * Notes a property: searchable, free of charge, any text. Nothing that tells who the visitor is.
   */
  public void note(String name, String value) {
    metrics.addMetadata(name, value);
  }

  void write() {
    metrics.flush();
  }
}
