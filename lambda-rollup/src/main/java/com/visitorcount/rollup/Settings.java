package com.visitorcount.rollup;

import com.visitorcount.http.Environment;
import com.visitorcount.http.TelemetrySettings;
import java.net.URI;
import java.util.Map;

/**
 * The settings of both functions.
 *
 * @param historyTable name of the history table
 * @param maxWriteUnits write units a second that the table allows
 * @param retentionDays how many days rows of closed days are kept; 0: forever
 * @param reportTopicArn topic through which reports are sent; empty: none are sent
 * @param reportInterval how often they are sent
 * @param lakeBucket bucket for closed days; empty: none
 * @param lakePrefix prefix of its objects' keys
 * @param region region of the functions, and of the bucket
 * @param s3Endpoint URL of another S3 than AWS's; empty: AWS's
 * @param telemetry where metrics go
 */
record Settings(
    String historyTable,
    int maxWriteUnits,
    int retentionDays,
    String reportTopicArn,
    ReportInterval reportInterval,
    String lakeBucket,
    String lakePrefix,
    String region,
    String s3Endpoint,
    TelemetrySettings telemetry) {
  private static final String MAX_WRITE_UNITS = "MAX_WRITE_REQUEST_UNITS";

  private static final String RETENTION_DAYS = "RETENTION_DAYS";
  private static final int MOST_RETENTION_DAYS = 9_999;

  /** AWS's default limit for a table. */
  private static final int MOST_WRITE_UNITS = 40_000;

  /**
   * @throws IllegalStateException with all faults of the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Settings settings =
        new Settings(
            environment.required("HISTORY_TABLE_NAME"),
            variables.containsKey(MAX_WRITE_UNITS)
                ? environment.wholeNumber(MAX_WRITE_UNITS, 1, MOST_WRITE_UNITS)
                : MOST_WRITE_UNITS,
            variables.containsKey(RETENTION_DAYS)
                ? environment.wholeNumber(RETENTION_DAYS, 0, MOST_RETENTION_DAYS)
                : 0,
            environment.optional("REPORT_TOPIC_ARN"),
            interval(environment),
            environment.optional("LAKE_BUCKET"),
            environment.optional("LAKE_PREFIX"),
            environment.optional("AWS_REGION"),
            environment.optional("AWS_ENDPOINT_URL_S3"),
            TelemetrySettings.from(environment));
    environment.requireFaultless();
    return settings;
  }

  private static ReportInterval interval(Environment environment) {
    String label = environment.optional("REPORT_INTERVAL");
    for (ReportInterval interval : ReportInterval.values()) {
      if (interval.label().equals(label)) {
        return interval;
      }
    }
    if (!label.isEmpty()) {
      environment.fault("REPORT_INTERVAL must be weekly or monthly");
    }
    return ReportInterval.WEEKLY;
  }

  boolean hasLake() {
    return !lakeBucket.isEmpty();
  }

  /** Where the bucket is. In a name with a dot, AWS's certificate would not fit its host. */
  URI lakeAddress() {
    String suffix = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
    String s3 = "s3." + region + "." + suffix;
    if (!s3Endpoint.isEmpty()) {
      return URI.create(s3Endpoint.replaceFirst("/$", "") + "/" + lakeBucket + "/");
    }
    return URI.create(
        lakeBucket.contains(".")
            ? "https://" + s3 + "/" + lakeBucket + "/"
            : "https://" + lakeBucket + "." + s3 + "/");
  }
}
