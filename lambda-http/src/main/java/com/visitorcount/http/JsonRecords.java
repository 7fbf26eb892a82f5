package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;

/**
 * Writes records with Jackson, for the function that counts: Powertools would take a tenth of a
 * view's time.
 */
public final class JsonRecords implements RecordWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;
  private static final String DIMENSION = "Service";

  private final Clock clock;

  /**
   * @param clock timestamps the records
   */
  public JsonRecords(Clock clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void write(
      TelemetrySettings settings, Map<Metric, Integer> counts, Map<String, Object> notes) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      writeDirective(settings, counts, json);
      json.writeStringField(DIMENSION, settings.service());
      for (Map.Entry<Metric, Integer> count : counts.entrySet()) {
        json.writeNumberField(count.getKey().label(), count.getValue().doubleValue());
      }
      for (Map.Entry<String, Object> note : notes.entrySet()) {
        json.writeObjectField(note.getKey(), note.getValue());
      }
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("nothing of this leaves memory", e);
    }
    // in one write, so that no other line gets in between; System.out is looked up each time, since
    // tests and Lambda replace it
    System.out.write(line.toByteArray(), 0, line.size());
    System.out.flush();
  }

  private void writeDirective(
      TelemetrySettings settings, Map<Metric, Integer> counts, JsonGenerator json)
      throws IOException {
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", clock.millis());
    json.writeArrayFieldStart("CloudWatchMetrics");
    json.writeStartObject();
    json.writeStringField("Namespace", settings.namespace());
    json.writeArrayFieldStart("Metrics");
    for (Metric metric : counts.keySet()) {
      json.writeStartObject();
      json.writeStringField("Name", metric.label());
      json.writeStringField("Unit", "Count");
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("Dimensions");
    json.writeStartArray();
    json.writeString(DIMENSION);
    json.writeEndArray();
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }
}
