package com.visitorcount.rollup;

import com.visitorcount.http.Environment;
import com.visitorcount.http.TelemetrySettings;
import java.util.Map;

/**
 * The settings of both functions.
 *
 * @param historyTable name of the history's table
 * @param maxWriteUnits how many write units a second the table allows
 * @param telemetry where metrics go
 */
record Settings(String historyTable, int maxWriteUnits, TelemetrySettings telemetry) {
  private static final String MAX_WRITE_UNITS = "MAX_WRITE_REQUEST_UNITS";

  /** AWS's own limit for a table, unless it is raised. */
  private static final int MOST_WRITE_UNITS = 40_000;

  /**
   * @throws IllegalStateException with everything that is wrong with the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Settings settings =
        new Settings(
            environment.required("HISTORY_TABLE_NAME"),
            variables.containsKey(MAX_WRITE_UNITS)
                ? environment.wholeNumber(MAX_WRITE_UNITS, 1, MOST_WRITE_UNITS)
                : MOST_WRITE_UNITS,
            TelemetrySettings.from(environment));
    environment.requireFaultless();
    return settings;
  }
}
