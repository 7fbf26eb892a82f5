package com.visitorcount.rollup;

import com.visitorcount.http.Environment;
import com.visitorcount.http.TelemetrySettings;
import java.util.Map;

/**
 * The settings of both functions.
 *
 * @param historyTable name of the history's table
 * @param telemetry where metrics go
 */
record Settings(String historyTable, TelemetrySettings telemetry) {
  /**
   * @throws IllegalStateException with everything that is wrong with the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Settings settings =
        new Settings(
            environment.required("HISTORY_TABLE_NAME"), TelemetrySettings.from(environment));
    environment.requireFaultless();
    return settings;
  }
}
