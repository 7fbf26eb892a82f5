package com.visitorcount.read;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.Router;
import com.visitorcount.web.WebFiles;
import java.util.HashMap;
import java.util.Map;

/** Lambda entry point of the read function: wiring only. */
public final class ReadHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final CounterTable table;
  private final HttpFunction function;

  /** Called by Lambda, once for each sandbox, or with SnapStart once for all of them. */
  public ReadHandler() {
    this(System.getenv());
    table.warmUp();
  }

  /**
   * For whoever runs the function with an environment of its own.
   *
   * @throws IllegalStateException with everything that is wrong with the environment
   */
  public ReadHandler(Map<String, String> environment) {
    Settings settings = Settings.from(environment);
    this.table = CounterTable.open(settings.table());
    this.function =
        new HttpFunction(
            endpoint(settings, table.counters()), settings.telemetry(), System::nanoTime);
  }

  private static Endpoint endpoint(Settings settings, Counters counters) {
    Map<String, Endpoint> endpoints = new HashMap<>();
    endpoints.put("/badge.svg", new BadgeEndpoint(settings, counters));
    Endpoint files = new FileEndpoint(new WebFiles());
    WebFiles.paths().forEach(path -> endpoints.put(path, files));
    return new Router(endpoints, new ReadEndpoint(settings, counters));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.answer(event, context);
  }
}
