package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The telemetry of a function's calls: at most one EMF record each, and log lines with the request
 * id.
 */
public final class Telemetry {
  private static final long NANOS_PER_TENTH_MILLI = 100_000;

  private final TelemetrySettings settings;
  private final Set<Metric> uncounted;
  private final LongSupplier nanoTime;
  private final RecordWriter writer;
  // Powertools' own flag stays false in a sandbox that SnapStart restored
  private final AtomicBoolean cold = new AtomicBoolean(true);

  /**
   * For a function that reports all metrics.
   *
   * @param nanoTime a monotonic clock, in nanoseconds
   * @param writer receives the records
   */
  public Telemetry(TelemetrySettings settings, LongSupplier nanoTime, RecordWriter writer) {
    this(settings, nanoTime, writer, Set.of());
  }

  /**
   * @param uncounted metrics that this function leaves to another
   */
  Telemetry(
      TelemetrySettings settings,
      LongSupplier nanoTime,
      RecordWriter writer,
      Set<Metric> uncounted) {
    this.settings = requireNonNull(settings, "settings");
    this.uncounted = Set.copyOf(uncounted);
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.writer = requireNonNull(writer, "writer");
  }

  /** Does the work of one call and writes its record, even if the work fails. */
  public <T> T record(Context context, Function<RequestRecord, T> work) {
    // not withLogging: it also looks for buffered log lines, which walks the stack
    PowertoolsLogging.initializeLogging(context);
    try {
      return recorded(context, work);
    } finally {
      MDC.clear();
    }
  }

  private <T> T recorded(Context context, Function<RequestRecord, T> work) {
    long start = nanoTime.getAsLong();
    RequestRecord record = newRecord();
    try {
      return work.apply(record);
    } finally {
      long tenths = Math.round((nanoTime.getAsLong() - start) / (double) NANOS_PER_TENTH_MILLI);
      record.note("ms", tenths / 10.0);
      if (!record.isPlain()) {
        // nobody looks up an ordinary request
        record.note("requestId", context.getAwsRequestId());
      }
      record.write(writer);
    }
  }

  private RequestRecord newRecord() {
    RequestRecord record = new RequestRecord(settings, uncounted);
    if (cold.compareAndSet(true, false)) {
      record.count(Metric.COLD_START);
    }
    return record;
  }
}
