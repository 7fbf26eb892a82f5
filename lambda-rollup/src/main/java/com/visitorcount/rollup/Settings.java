package com.visitorcount.rollup;

import com.visitorcount.http.Environment;
import com.visitorcount.http.TelemetrySettings;
import java.util.Map;

/**
 * The settings of both functions.
 *
 * @param historyTable name of the history table
 * @param maxWriteUnits write units a second that the table allows
 * @param retentionDays how many days rows of closed days are kept; 0: forever
 * @param reportTopicArn topic through which reports are sent; empty: none are sent
 * @param reportInterval how often they are sent
 * @param telemetry where metrics go
 */
record Settings(
    String historyTable,
    int maxWriteUnits,
    int retentionDays,
    String reportTopicArn,
    ReportInterval reportInterval,
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
}
