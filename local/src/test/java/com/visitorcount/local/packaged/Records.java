package com.visitorcount.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Parses what functions print. */
final class Records {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Records() {}

  /** Parses lines, each of which must be one JSON object. */
  static List<JsonNode> of(List<String> lines) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : lines) {
      JsonNode json = JSON.readTree(line);
      assertThat(json.isObject()).as(line).isTrue();
      records.add(json);
    }
    return records;
  }

  /** The only record of an event, which must be all that it printed. */
  static JsonNode only(PackagedFunction.Outcome outcome) throws IOException {
    List<JsonNode> records = of(outcome.lines());
    assertThat(records).hasSize(1);
    return metrics(records.get(0), outcome);
  }

  /** The record of an event that also left one line of the log, which must come before it. */
  static JsonNode afterError(PackagedFunction.Outcome outcome, String message) throws IOException {
    List<JsonNode> records = of(outcome.lines());
    assertThat(records).hasSize(2);
    JsonNode error = records.get(0);
    assertThat(error.path("level").asText()).isEqualTo("ERROR");
    assertThat(error.path("message").asText()).contains(message);
    assertThat(error.path("function_request_id").asText()).isEqualTo(outcome.requestId());
    assertThat(error.path("service").asText()).isEqualTo("VisitorCount");
    return metrics(records.get(1), outcome);
  }

  private static JsonNode metrics(JsonNode record, PackagedFunction.Outcome outcome) {
    assertThat(record.has("_aws")).as(record.toString()).isTrue();
    assertThat(record.path("requestId").textValue())
        .isEqualTo(isPlain(record) ? null : outcome.requestId());
    assertThat(record.path("ms").isNumber()).isTrue();
    return record;
  }

  private static boolean isPlain(JsonNode record) {
    return record.at("/_aws/CloudWatchMetrics/0/Metrics").findValuesAsText("Name").stream()
        .allMatch(List.of("Views", "NewPages", "Reads")::contains);
  }

  /** The metric series that CloudWatch would create. */
  static Set<String> series(List<JsonNode> records) {
    Set<String> series = new TreeSet<>();
    for (JsonNode record : records) {
      for (JsonNode directive : record.at("/_aws/CloudWatchMetrics")) {
        for (JsonNode metric : directive.get("Metrics")) {
          for (JsonNode dimensions : directive.get("Dimensions")) {
            StringBuilder name = new StringBuilder(directive.get("Namespace").textValue());
            name.append(' ').append(metric.get("Name").textValue());
            dimensions.forEach(
                dimension ->
                    name.append(' ')
                        .append(dimension.textValue())
                        .append('=')
                        .append(record.get(dimension.textValue()).textValue()));
            series.add(name.toString());
          }
        }
      }
    }
    return series;
  }
}
