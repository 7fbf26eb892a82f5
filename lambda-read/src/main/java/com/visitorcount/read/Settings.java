package com.visitorcount.read;

import com.visitorcount.http.Environment;
import com.visitorcount.http.TelemetrySettings;
import java.util.Map;
import java.util.Set;

/**
 * The read function's settings.
 *
 * @param table name of the counters' table
 * @param keptQueryParameters query parameters that are part of a page's id
 * @param telemetry where metrics go
 */
record Settings(String table, Set<String> keptQueryParameters, TelemetrySettings telemetry) {
  Settings {
    keptQueryParameters = Set.copyOf(keptQueryParameters);
  }

  /**
   * @throws IllegalStateException with everything that is wrong with the variables
   */
  static Settings from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    String table = environment.required("TABLE_NAME");
    TelemetrySettings telemetry = TelemetrySettings.from(environment);
    environment.requireFaultless();
    return new Settings(table, environment.list("KEPT_QUERY_PARAMETERS"), telemetry);
  }
}
