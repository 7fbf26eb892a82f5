package com.visitorcount.http;

import java.util.Set;
import software.amazon.lambda.powertools.metrics.Metrics;

/**
 * What a call of a function leaves behind: one line in CloudWatch's embedded metric format, with
 * its metrics and properties. A call that counts nothing leaves nothing. For one call and one
 * thread.
 */
public final class RequestRecord {
  private final Metrics metrics;
  private final Set<Metric> uncounted;
  private boolean counted;
  private boolean plain = true;

  /**
   * @param uncounted what this record leaves out
   */
  RequestRecord(Metrics metrics, Set<Metric> uncounted) {
    this.metrics = metrics;
    this.uncounted = uncounted;
  }

  /** Counts one. */
  public void count(Metric metric) {
    count(metric, 1);
  }

  /**
   * Counts several, or none: a record with a zero is written, too.
   *
   * @param times 0 or more
   */
  public void count(Metric metric, int times) {
    if (!uncounted.contains(metric)) {
      metrics.addMetric(metric.label(), times, metric.unit());
      counted = true;
      plain &= RequestRecords.isPlain(metric);
    }
  }

  /**
   * Notes a property: searchable, free of charge, any text. Nothing that tells who the visitor is.
   */
  public void note(String name, String value) {
    metrics.addMetadata(name, value);
  }

  /** Notes a number. */
  public void note(String name, double value) {
    metrics.addMetadata(name, value);
  }

  /** Whether it says no more than that one more view was counted, or one more count was read. */
  boolean isPlain() {
    return plain;
  }

  void write() {
    if (counted) {
      metrics.flush();
    }
  }
}
