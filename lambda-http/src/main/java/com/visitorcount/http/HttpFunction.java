package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.provider.EmfMetricsProvider;

/**
 * An endpoint as a Lambda function behind a Function URL: every request is answered, also when
 * something fails, leaves one EMF record, and logs with its request id.
 */
public final class HttpFunction {
  private static final double NANOS_PER_MILLI = 1e6;

  private final Endpoint endpoint;
  private final TelemetrySettings telemetry;
  private final LongSupplier nanoTime;
  private final EmfMetricsProvider emf = new EmfMetricsProvider();
  // Powertools' own flag stays false in a sandbox restored by SnapStart
  private final AtomicBoolean cold = new AtomicBoolean(true);

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   */
  public HttpFunction(Endpoint endpoint, TelemetrySettings telemetry, LongSupplier nanoTime) {
    this.endpoint = new ProblemBoundary(endpoint);
    this.telemetry = requireNonNull(telemetry, "telemetry");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
  }

  /** Answers one event. */
  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Context context) {
    return PowertoolsLogging.withLogging(
        context,
        () -> {
          long start = nanoTime.getAsLong();
          RequestRecord record = newRecord(context);
          HttpRequest request = FunctionUrlEvents.request(event, context.getAwsRequestId());
          HttpResponse response = endpoint.answer(request, record);
          record.measure(Metric.LATENCY, (nanoTime.getAsLong() - start) / NANOS_PER_MILLI);
          record.write();
          boolean head = request.method().equals("HEAD");
          return FunctionUrlEvents.response(head ? response.withoutBody() : response);
        });
  }

  /**
   * An object of its own for each request: Powertools' shared one mixes what runs at the same time
   * in one JVM, and its cold-start metric has a series for each function.
   */
  private RequestRecord newRecord(Context context) {
    Metrics metrics = emf.getMetricsInstance();
    metrics.setNamespace(telemetry.namespace());
    metrics.setDefaultDimensions(DimensionSet.of("Service", telemetry.service()));
    RequestRecord record = new RequestRecord(metrics);
    record.note("function", context.getFunctionName());
    record.note("requestId", context.getAwsRequestId());
    if (cold.compareAndSet(true, false)) {
      record.count(Metric.COLD_START);
    }
    return record;
  }
}
