package com.visitorcount.increment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.Router;
import com.visitorcount.visitor.Salts;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;

/** Lambda entry point of the increment function: wiring only. */
public final class IncrementHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final CounterTable table;
  private final HttpFunction function;

  /** Called by Lambda, once for each sandbox, or with SnapStart once for all of them. */
  public IncrementHandler() {
    this(System.getenv(), Clock.systemUTC());
    table.warmUp();
  }

  /**
   * For whoever runs the function with an environment and a time of its own.
   *
   * @throws IllegalStateException with everything that is wrong with the environment
   */
  public IncrementHandler(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    this.table = CounterTable.open(settings.table());
    this.function =
        new HttpFunction(
            RateLimited.of(
                endpoint(
                    settings, table.counters(), table.salts(IncrementHandler::fillAtRandom), clock),
                settings.clientAddress(),
                settings.requestsPerSecond(),
                clock),
            settings.telemetry(),
            System::nanoTime);
  }

  static Endpoint endpoint(Settings settings, Counters counters, Salts salts, Clock clock) {
    Visitors visitors = new Visitors(settings.clientAddress(), salts);
    Endpoint increment = new IncrementEndpoint(settings, counters, visitors, clock);
    if (!settings.countingImage()) {
      return increment;
    }
    Endpoint image = new CountingImageEndpoint(settings, counters, visitors, clock);
    return new Router(
        Map.of(
            CountingImageEndpoint.BADGE_PATH, image,
            CountingImageEndpoint.PIXEL_PATH, image),
        increment);
  }

  /**
   * Made when needed: what is made before would be the same in every copy of a SnapStart snapshot.
   */
  private static void fillAtRandom(byte[] bytes) {
    new SecureRandom().nextBytes(bytes);
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.answer(event, context);
  }
}
