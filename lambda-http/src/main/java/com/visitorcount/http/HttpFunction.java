package com.visitorcount.http;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.util.function.LongSupplier;

/**
 * An endpoint as a Lambda function behind a Function URL: every request is answered, also when
 * something fails, leaves at most one EMF record, and logs with its request id.
 */
public final class HttpFunction {
  private static final int NO_CONTENT = 204;

  private final Endpoint endpoint;
  private final Telemetry telemetry;

  /**
   * @param nanoTime a clock that never goes back, in nanoseconds
   * @param writer takes the records of requests
   */
  public HttpFunction(
      Endpoint endpoint, TelemetrySettings telemetry, LongSupplier nanoTime, RecordWriter writer) {
    this.endpoint = new ProblemBoundary(new SizeLimits(endpoint));
    this.telemetry =
        new Telemetry(telemetry, nanoTime, writer, telemetry.requestRecords().uncounted());
  }

  /**
   * Answers one event. One that is no request, such as a schedule's, which only keeps the version
   * of the function in use, is answered by 204 and leaves nothing behind.
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
