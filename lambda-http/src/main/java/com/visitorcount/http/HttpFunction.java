package com.visitorcount.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;

/**
 * An endpoint as a Lambda function behind a Function URL: every request gets an answer even if
 * something fails, writes at most one EMF record, and logs with its request id.
 */
public final class HttpFunction {
  private static final int NO_CONTENT = 204;

  private final Endpoint endpoint;
  private final Telemetry telemetry;

  /**
   * @param nanoTime a monotonic clock, in nanoseconds
   * @param writer receives the records of requests
   */
  public HttpFunction(
      Endpoint endpoint, TelemetrySettings telemetry, LongSupplier nanoTime, RecordWriter writer) {
    this.endpoint = new ProblemBoundary(new SizeLimits(endpoint));
    this.telemetry =
        new Telemetry(telemetry, nanoTime, writer, telemetry.requestRecords().uncounted());
  }

  /**
   * Answers an event as Lambda's runtime delivers it.
   *
   * @throws IOException if it is not JSON, or the answer cannot be written
   */
  public void answer(InputStream event, OutputStream answer, Context context) throws IOException {
    FunctionUrlEvents.write(answer(FunctionUrlEvents.read(event), context), answer);
  }

  /** Answers a made-up event with all the code that answers a real one, JSON included. */
  public APIGatewayV2HTTPResponse rehearse(APIGatewayV2HTTPEvent event, Context context) {
    try {
      APIGatewayV2HTTPResponse response =
          answer(
              FunctionUrlEvents.read(new ByteArrayInputStream(FunctionUrlEvents.json(event))),
              context);
      FunctionUrlEvents.write(response, OutputStream.nullOutputStream());
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException("nothing of this leaves memory", e);
    }
  }

  /**
   * Answers one event. An event that is not a request, such as the schedule's that keeps the
   * function's version in use, gets a 204 and leaves no record.
   */
  public APIGatewayV2HTTPResponse answer(APIGatewayV2HTTPEvent event, Context context) {
    if (event.getRequestContext() == null) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(NO_CONTENT).build();
    }
    return telemetry.record(
        context,
        record -> {
          HttpRequest request = FunctionUrlEvents.request(event, context.getAwsRequestId());
          HttpResponse response = endpoint.answer(request, record);
          boolean head = request.method().equals("HEAD");
          return FunctionUrlEvents.response(head ? response.withoutBody() : response);
        });
  }
}
