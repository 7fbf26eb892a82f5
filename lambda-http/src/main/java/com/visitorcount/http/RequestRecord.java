package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The record of a function call: one line with its metrics and properties. A call that counts
 * nothing writes nothing. For one call and one thread.
 */
public final class RequestRecord {
  private final TelemetrySettings settings;
  private final Set<Metric> uncounted;
  private final Map<Metric, Integer> counts = new EnumMap<>(Metric.class);

  /** Texts and numbers. */
  private final Map<String, Object> notes = new LinkedHashMap<>();

  private boolean plain = true;

  /**
   * @param uncounted metrics that this record leaves out
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
   * Counts several or none; a record with a zero is written, too.
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
   * Adds a property, which is searchable and free of charge. Never add anything that identifies a
   * visitor.
   */
  public void note(String name, String value) {
    notes.put(name, value);
  }

  /** Adds a number as a property. */
  public void note(String name, double value) {
    notes.put(name, value);
  }

  /** Whether it only says that a view was counted or a count was read. */
  boolean isPlain() {
    return plain;
  }

  /** Writes the record, unless nothing was counted. */
  void write(RecordWriter writer) {
    if (!counts.isEmpty()) {
      writer.write(settings, counts, notes);
    }
  }
}
