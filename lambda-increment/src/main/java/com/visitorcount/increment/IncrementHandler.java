package com.visitorcount.increment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.JsonRecords;
import com.visitorcount.http.Priming;
import com.visitorcount.http.ProxyOnly;
import com.visitorcount.http.RateLimited;
import com.visitorcount.http.Router;
import com.visitorcount.visitor.Salts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.crac.Core;
import org.crac.Resource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Lambda entry point of the increment function: wiring only. */
public final class IncrementHandler implements RequestStreamHandler, Resource {
  private final Map<String, String> environment;
  private final Settings settings;
  private final HttpFunction function;

  /** Called by Lambda once for each sandbox, or, with SnapStart, once for all of them. */
  public IncrementHandler() {
    this(System.getenv(), Clock.systemUTC());
    Core.getGlobalContext().register(this);
  }

  /**
   * For running the function with a given environment and clock.
   *
   * @throws IllegalStateException with all faults of the environment
   */
  public IncrementHandler(Map<String, String> environment, Clock clock) {
    this(environment, clock, IncrementHandler::fillAtRandom, DynamoDbClients.builder().build());
  }

  IncrementHandler(
      Map<String, String> environment,
      Clock clock,
      Consumer<byte[]> random,
      DynamoDbClient client) {
    this.environment = Map.copyOf(environment);
    this.settings = Settings.from(environment);
    CounterTable table = new CounterTable(client, settings.table());
    this.function =
        new HttpFunction(
            ProxyOnly.of(
                TrustedSenders.of(
                    RateLimited.of(
                        endpoint(
                            settings, table.counters(System::nanoTime), table.salts(random), clock),
                        settings.clientAddress(),
                        settings.requestsPerSecond(),
                        clock),
                    settings.senderToken(),
                    settings.proxyHeaders()),
                settings.proxySecret()),
            settings.telemetry(),
            System::nanoTime,
            new JsonRecords(clock));
  }

  static Endpoint endpoint(Settings settings, Counters counters, Salts salts, Clock clock) {
    Visitors visitors = new Visitors(settings.clientAddress(), salts);
    Intake intake = new Intake(settings, counters, visitors, clock);
    Map<String, Endpoint> endpoints = new HashMap<>();
    endpoints.put(
        PlausibleEndpoint.PATH,
        new PlausibleEndpoint(new PlausibleEvents(settings.pages()), intake));
    endpoints.put(GoatCounterEndpoint.PATH, new GoatCounterEndpoint(settings.pages(), intake));
    if (settings.countingImage()) {
      Endpoint image = new CountingImageEndpoint(settings, counters, visitors, clock);
      endpoints.put(CountingImageEndpoint.BADGE_PATH, image);
      endpoints.put(CountingImageEndpoint.PIXEL_PATH, image);
    }
    return new Router(endpoints, new IncrementEndpoint(settings, intake));
  }

  /**
   * Created on demand: an earlier generator would be the same in every copy of a SnapStart
   * snapshot.
   */
  private static void fillAtRandom(byte[] bytes) {
    new SecureRandom().nextBytes(bytes);
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
   * Counts made-up views with a handler that differs from this one only in what must not be used
   * before the checkpoint: it has another clock, no randomness, and a dummy store.
   */
  List<APIGatewayV2HTTPResponse> rehearse(Context context) {
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("ORIGIN_SECRET_SHA256", "");
    variables.put("ALLOWED_ORIGINS", "*");
    variables.put("SITES", "");
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    try (DynamoDbClient client = DynamoDbClients.rehearsal()) {
      IncrementHandler rehearsal = new IncrementHandler(variables, clock, bytes -> {}, client);
      return Rehearsal.events().map(event -> rehearsal.function.rehearse(event, context)).toList();
    }
  }
}
