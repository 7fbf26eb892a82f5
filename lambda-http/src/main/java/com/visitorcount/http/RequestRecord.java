package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a call of a function leaves behind: one line in CloudWatch's <a
 * href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">embedded
 * metric format</a>, with its metrics and properties. A call that counts nothing leaves nothing.
 * For one call and one thread.
 */
public final class RequestRecord {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int USUAL_BYTES = 512;
  private static final String DIMENSION = "Service";

  private final TelemetrySettings settings;
  private final Set<Metric> uncounted;
  private final Map<Metric, Integer> counts = new EnumMap<>(Metric.class);

  /** Texts and numbers. */
  private final Map<String, Object> notes = new LinkedHashMap<>();

  private boolean plain = true;

  /**
   * @param uncounted what this record leaves out
   */
  RequestRecord(TelemetrySettings settings, Set<Metric> uncounted) {
    this.settings = requireNonNull(settings, "settings");
    this.uncounted = requireNonNull(uncounted, "uncounted");
  }

  /** Counts one. */
  public void count(Metric metric) {
    count(metric, 1);
  }

  /**
   * Counts several, or none: a record with a zero is written, too.
   *
   * @param times 0 or more
   */
  public void count(Metric metric, int times) {
    if (!uncounted.contains(metric)) {
      counts.merge(metric, times, Integer::sum);
      plain &= RequestRecords.isPlain(metric);
    }
  }

  /**
   * Notes a property: searchable, free of charge, any text. Nothing that tells who the visitor is.
   */
  public void note(String name, String value) {
    notes.put(name, value);
  }

  /** Notes a number. */
  public void note(String name, double value) {
    notes.put(name, value);
  }

  /** Whether it says no more than that one more view was counted, or one more count was read. */
  boolean isPlain() {
    return plain;
  }

  /** Writes the line, unless nothing was counted. */
  void write(Instant now, PrintStream out) {
    if (counts.isEmpty()) {
      return;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      writeDirective(now, json);
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
    // at once, so that no other line gets in between
    out.write(line.toByteArray(), 0, line.size());
    out.flush();
  }

  private void writeDirective(Instant now, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("_aws");
    json.writeNumberField("Timestamp", now.toEpochMilli());
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
