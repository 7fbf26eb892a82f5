package com.visitorcount.http;

import java.util.Map;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/** Writes records with Powertools. */
public final class PowertoolsRecords implements RecordWriter {
  private final EmfMetricsProvider emf = new EmfMetricsProvider();

  /**
   * Uses a new object for each call: Powertools' shared one mixes up concurrent calls in one JVM,
   * and its cold-start metric has a series for each function.
   */
  @Override
  public void write(
      TelemetrySettings settings, Map<Metric, Integer> counts, Map<String, Object> notes) {
    Metrics metrics = emf.getMetricsInstance();
    metrics.setNamespace(settings.namespace());
    metrics.setDefaultDimensions(DimensionSet.of("Service", settings.service()));
    counts.forEach((metric, times) -> metrics.addMetric(metric.label(), times, MetricUnit.COUNT));
    notes.forEach(metrics::addMetadata);
    metrics.flush();
  }
}
