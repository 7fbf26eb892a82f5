package com.visitorcount.http;

/**
 * Where metrics go.
 *
 * @param namespace CloudWatch namespace
 * @param service value of the one dimension, {@code Service}
 */
public record TelemetrySettings(String namespace, String service) {
  /** Reads the two variables that Powertools has for this. */
  public static TelemetrySettings from(Environment environment) {
    return new TelemetrySettings(
        environment.required("POWERTOOLS_METRICS_NAMESPACE"),
        environment.required("POWERTOOLS_SERVICE_NAME"));
  }
}
