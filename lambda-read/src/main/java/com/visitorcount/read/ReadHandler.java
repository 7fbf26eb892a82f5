package com.visitorcount.read;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.RateLimit;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.Router;
import com.visitorcount.read.statistics.StatisticsApi;
import com.visitorcount.web.WebFiles;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lambda entry point of the read function: wiring only. */
public final class ReadHandler
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
  private final CounterTable table;
  private final HttpFunction function;

  /** Called by Lambda, once for each sandbox, or with SnapStart once for all of them. */
  public ReadHandler() {
    this(System.getenv(), Clock.systemUTC());
    table.warmUp();
  }

  /**
   * For whoever runs the function with an environment of its own.
   *
   * @throws IllegalStateException with everything that is wrong with the environment
   */
  public ReadHandler(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    DynamoDbClient client = DynamoDbClients.builder().build();
    this.table = new CounterTable(client, settings.table());
    HistoryTable history = new HistoryTable(client, settings.historyTable());
    this.function =
        new HttpFunction(
            RateLimited.of(
                endpoint(settings, table.counters(), history, clock),
                settings.clientAddress(),
                settings.requestsPerSecond(),
                clock),
            settings.telemetry(),
            System::nanoTime);
  }

  private static Endpoint endpoint(
      Settings settings, Counters counters, HistoryTable history, Clock clock) {
    Map<String, Endpoint> endpoints =
        new HashMap<>(
            StatisticsApi.endpoints(
                settings.statisticsAccess(),
                settings.incrementUrl(),
                settings.keptQueryParameters(),
                counters,
                history,
                clock));
    RateLimit tries = TriesLimited.limit(clock);
    endpoints.replaceAll(
        (path, endpoint) -> new TriesLimited(endpoint, settings.clientAddress(), tries));
    endpoints.put("/badge.svg", new BadgeEndpoint(settings, counters));
    Endpoint files = new FileEndpoint(new WebFiles());
    WebFiles.paths().forEach(path -> endpoints.put(path, files));
    endpoints.put(FileEndpoint.DASHBOARD, files);
    return new Router(endpoints, new ReadEndpoint(settings, counters));
  }

  @Override
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.answer(event, context);
  }
}
