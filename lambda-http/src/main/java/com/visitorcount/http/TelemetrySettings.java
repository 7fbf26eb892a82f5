package com.visitorcount.http;

/**
 * Where metrics go.
 *
 * @param namespace CloudWatch namespace
 * @param service value of the one dimension, {@code Service}
 * @param requestRecords which requests leave a record
 */
public record TelemetrySettings(String namespace, String service, RequestRecords requestRecords) {
  /** Reads the two variables that Powertools defines, and one of our own. */
  public static TelemetrySettings from(Environment environment) {
    return new TelemetrySettings(
        environment.required("POWERTOOLS_METRICS_NAMESPACE"),
        environment.required("POWERTOOLS_SERVICE_NAME"),
        RequestRecords.from(environment));
  }
}
