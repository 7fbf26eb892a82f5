package com.visitorcount.http;

import java.util.Map;

/**
 * Writes the record of a call to standard output, as one line in CloudWatch's <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>.
 */
public interface RecordWriter {
  /**
   * Writes one line.
   *
   * @param counts the metrics, at least one
   * @param notes the properties: texts and numbers
   */
  void write(TelemetrySettings settings, Map<Metric, Integer> counts, Map<String, Object> notes);
}
