package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class TelemetrySettingsTest {
  @Test
  void from_requestRecords_areAllUnlessOnlyProblemsAreWanted() {
    assertThat(from("").requestRecords()).isEqualTo(RequestRecords.ALL);
    assertThat(from("all").requestRecords()).isEqualTo(RequestRecords.ALL);
    assertThat(from("problems").requestRecords()).isEqualTo(RequestRecords.PROBLEMS);
    assertThatThrownBy(() -> from("ALL"))
        .hasMessageContaining("REQUEST_RECORDS must be all or problems");
  }

  private static TelemetrySettings from(String requestRecords) {
    Environment environment =
        new Environment(
            Map.of(
                "POWERTOOLS_METRICS_NAMESPACE", "VisitorCount",
                "POWERTOOLS_SERVICE_NAME", "VisitorCount",
                "REQUEST_RECORDS", requestRecords));
    TelemetrySettings settings = TelemetrySettings.from(environment);
    environment.requireFaultless();
    return settings;
  }
}
