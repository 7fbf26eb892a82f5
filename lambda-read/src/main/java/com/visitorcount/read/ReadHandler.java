package com.visitorcount.read;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.PowertoolsRecords;
import com.visitorcount.http.Priming;
import com.visitorcount.http.ProxyOnly;
import com.visitorcount.http.RateLimit;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.Router;
import com.visitorcount.read.statistics.StatisticsApi;
import com.visitorcount.web.WebFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lambda entry point of the read function: wiring only. */
public final class ReadHandler implements RequestStreamHandler, Resource {
  private final Map<String, String> environment;
  private final Settings settings;
  private final WebFiles files;
  private final HttpFunction function;

  /** Called by Lambda once for each sandbox, or, with SnapStart, once for all of them. */
  public ReadHandler() {
    this(System.getenv(), Clock.systemUTC());
    Core.getGlobalContext().register(this);
  }

  /**
   * For running the function with a given environment.
   *
   * @throws IllegalStateException with all faults of the environment
   */
  public ReadHandler(Map<String, String> environment, Clock clock) {
    this(environment, clock, new WebFiles(), DynamoDbClients.builder().build());
  }

  private ReadHandler(
      Map<String, String> environment, Clock clock, WebFiles files, DynamoDbClient client) {
    this.environment = Map.copyOf(environment);
    this.settings = Settings.from(environment);
    this.files = files;
    CounterTable table = new CounterTable(client, settings.table());
    HistoryTable history = new HistoryTable(client, settings.historyTable());
    this.function =
        new HttpFunction(
            ProxyOnly.of(
                RateLimited.of(
                    endpoint(settings, table.counters(System::nanoTime), history, files, clock),
                    settings.clientAddress(),
                    settings.requestsPerSecond(),
                    clock),
                settings.proxySecret()),
            settings.telemetry(),
            System::nanoTime,
            new PowertoolsRecords());
  }

  static Endpoint endpoint(
      Settings given, Counters counters, HistoryTable history, WebFiles files, Clock clock) {
    Settings settings = given.with(history.shareGenerations());
    Map<String, Endpoint> endpoints =
        new HashMap<>(
            StatisticsApi.endpoints(
                settings.statisticsAccess(),
                settings.incrementUrl(),
                settings.pages(),
                counters,
                history,
                clock));
    PeriodCounts periods = new PeriodCounts(history, clock);
    Shown.Reader shown = new Shown.Reader(settings, counters, periods);
    Map<String, Endpoint> ofCounts =
        Map.of(
            "/",
            new ReadEndpoint(settings, counters, new PeriodEndpoint(settings, periods)),
            "/badge.svg",
            new BadgeEndpoint(settings, shown),
            "/shields.json",
            new ShieldsEndpoint(settings, shown));
    RateLimit tries = FailedAuthLimit.limit(clock);
    Endpoint goatCounter = new GoatCounterEndpoint(settings, counters, periods);
    if (!settings.countAccess().publicCounts().areAll()) {
      endpoints.putAll(ofCounts);
      goatCounter = new FailedAuthLimit(goatCounter, settings.clientAddress(), tries);
    }
    endpoints.replaceAll(
        (path, endpoint) -> new FailedAuthLimit(endpoint, settings.clientAddress(), tries));
    ofCounts.forEach(endpoints::putIfAbsent);
    return new Router(
        endpoints,
        new PathPrefix(
            GoatCounterEndpoint.PREFIX,
            goatCounter,
            new FileEndpoint(files, settings.statisticsAccess().isForEveryone())));
  }

  /** Called by Lambda, which picks the overload with the most parameters. */
  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    function.answer(event, answer, context);
  }

  /** For callers with the event as an object instead of JSON. */
  public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
    return function.answer(event, context);
  }

  @Override
  public void beforeCheckpoint(org.crac.Context<? extends Resource> context) {
    Priming.run(this::rehearse, () -> CounterTable.readOnce(settings.table()));
  }

  /** Does nothing: the snapshot contains no open connections, random numbers or times. */
  @Override
  public void afterRestore(org.crac.Context<? extends Resource> context) {}

  /**
   * Answers made-up requests with a handler that differs from this one only in what must not be
   * used before the checkpoint: it has another clock and a dummy store. The files are the same.
   */
  List<APIGatewayV2HTTPResponse> rehearse(Context context) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("ORIGIN_SECRET_SHA256", "");
    variables.put("PUBLIC_STATISTICS", "true");
    Clock clock = Clock.fixed(Rehearsal.TIME, ZoneOffset.UTC);
    try (DynamoDbClient client = DynamoDbClients.rehearsal()) {
      ReadHandler rehearsal = new ReadHandler(variables, clock, files, client);
      return Rehearsal.events().map(event -> rehearsal.function.rehearse(event, context)).toList();
    }
  }
}
