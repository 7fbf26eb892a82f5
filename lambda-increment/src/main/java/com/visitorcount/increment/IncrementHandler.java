package com.visitorcount.increment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbCounters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.Router;
import java.time.Clock;
import java.util.Map;

/** Lambda entry point of the increment function: wiring only. */
public final class IncrementHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final HttpFunction function;

  /** Called by Lambda, once for each sandbox. */
  public IncrementHandler() {
    this(System.getenv());
  }

  /**
   * For whoever runs the function with an environment of its own.
   *
   * @throws IllegalStateException with everything that is wrong with the environment
   */
  public IncrementHandler(Map<String, String> environment) {
    Settings settings = Settings.from(environment);
    DynamoDbCounters counters = DynamoDbCounters.open(settings.table());
    this.function =
        new HttpFunction(
            endpoint(settings, counters, Clock.systemUTC()),
            settings.telemetry(),
            System::nanoTime);
  }

  private static Endpoint endpoint(Settings settings, Counters counters, Clock clock) {
    Endpoint increment = new IncrementEndpoint(settings, counters, clock);
    if (!settings.countingImage()) {
      return increment;
    }
    Endpoint image = new CountingImageEndpoint(settings, counters, clock);
    return new Router(
        Map.of(
            CountingImageEndpoint.BADGE_PATH, image,
            CountingImageEndpoint.PIXEL_PATH, image),
        increment);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.answer(event, context);
  }
}
