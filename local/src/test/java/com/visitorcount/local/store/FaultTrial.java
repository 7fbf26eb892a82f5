package com.visitorcount.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.increment.IncrementHandler;
import com.visitorcount.local.store.FaultProxy.Call;
import com.visitorcount.local.store.FaultProxy.Fault;
import com.visitorcount.read.ReadHandler;
import com.visitorcount.rollup.CompactHandler;
import com.visitorcount.rollup.RollupHandler;
import com.visitorcount.row.Row;
import com.visitorcount.statistics.History;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/**
 * One cell of the matrix: a handler with tables of its own, one kind of call of which is spoilt.
 */
final class FaultTrial {
  /** The calls of the functions. */
  enum SpoiltCall {
    SALT("Increment: the day's salt (UpdateItem)", "UpdateItem", "#salt/"),
    VIEW("Increment: the view (UpdateItem)", "UpdateItem", "ADD #views"),
    COUNT_AFTER_REFUSAL("Increment: the count after a refused retry (GetItem)", "GetItem", ""),
    COUNT("Read: one count (GetItem)", "GetItem", ""),
    COUNTS("Read: several counts (BatchGetItem)", "BatchGetItem", ""),
    HISTORY("Read: statistics (Query)", "Query", ""),
    LIST_SITE("Rollup: the site's place in the list (PutItem)", "PutItem", "#sites"),
    CHUNK("Rollup: the chunk (PutItem)", "PutItem", "c#"),
    SITES("Compact: the list of sites (Query)", "Query", "#sites"),
    OPEN_DAY("Compact: what a site has (Query)", "Query", ":pk\":{\"S\":\"fault.test"),
    CLOSED_ROWS("Compact: rows of a closed day (PutItem)", "PutItem", "\"d#"),
    SUMMARY("Compact: the summary that closes a day (conditional PutItem)", "PutItem", "\"s#");

    private final String title;
    private final String operation;
    private final String part;

    SpoiltCall(String title, String operation, String part) {
      this.title = title;
      this.operation = operation;
      this.part = part;
    }

    String title() {
      return title;
    }

    boolean matches(Call call) {
      return call.operation().equals(operation) && call.body().contains(part);
    }

    boolean isPut() {
      return operation.equals("PutItem");
    }

    /** The limit of the call is that of an attempt. */
    boolean isOfOneAttempt() {
      return this == COUNT_AFTER_REFUSAL || this == COUNTS;
    }

    private boolean isOfRollup() {
      return this == LIST_SITE || this == CHUNK;
    }

    private boolean isOfCompact() {
      return compareTo(SITES) >= 0;
    }

    String success() {
      return isOfCompact() || isOfRollup() ? "done" : "200";
    }

    String failure() {
      return isOfCompact() ? "thrown" : isOfRollup() ? "reported" : "503";
    }

    /** What is left behind, for a call that was done or not. */
    String stored(boolean done) {
      return switch (this) {
        case VIEW, CHUNK, SUMMARY -> done ? ", stored" : ", not stored";
        default -> "";
      };
    }
  }

  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final Duration THREE_DAYS = Duration.ofDays(3);
  private static final String SITE = "fault.test";
  private static final String PAGE = SITE + "/a";
  private static final String ADDRESS = "203.0.113.77";
  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Marker";

  private final URI store;
  private final DynamoDbClient client;
  private final CapturedLines lines;
  private final int number;
  private final SpoiltCall call;
  private final Fault fault;
  private final boolean always;
  private final AtomicBoolean armed = new AtomicBoolean();
  private final String counters;
  private final String history;

  FaultTrial(
      URI store,
      DynamoDbClient client,
      CapturedLines lines,
      int number,
      SpoiltCall call,
      Fault fault,
      boolean always) {
    this.store = store;
    this.client = client;
    this.lines = lines;
    this.number = number;
    this.call = call;
    this.fault = fault;
    this.always = always;
    this.counters = "counters-" + number;
    this.history = "history-" + number;
  }

  /** Tries it; everything that holds for all cells is asserted, what differs is told. */
  String outcome() throws Exception {
    try (FaultProxy proxy = FaultProxy.spoiling(store, this::plan)) {
      return switch (call) {
        case SALT, VIEW, COUNT_AFTER_REFUSAL -> increment(proxy);
        case COUNT -> read(proxy, "/", "page=" + PAGE);
        case COUNTS -> read(proxy, "/", "page=" + PAGE + "&page=other");
        case HISTORY ->
            read(
                proxy,
                "/api/v1/stats/aggregate",
                "period=day&date=" + TODAY + "&metrics=pageviews&site_id=" + SITE);
        case LIST_SITE, CHUNK -> rollup(proxy);
        case SITES, OPEN_DAY, CLOSED_ROWS, SUMMARY -> compact(proxy);
      };
    } catch (Exception | AssertionError e) {
      return "FAILED " + String.valueOf(e.getMessage()).lines().limit(12).toList();
    }
  }

  private Fault plan(Call made) {
    if (!call.matches(made)) {
      return Fault.NONE;
    }
    boolean spoilt = always ? armed.get() : armed.compareAndSet(true, false);
    return spoilt ? fault : Fault.NONE;
  }

  private String increment(FaultProxy proxy) {
    table(counters, "id");
    IncrementHandler handler = handler(proxy.endpoint(), env -> new IncrementHandler(env, at(NOW)));
    Function<String, APIGatewayV2HTTPResponse> view =
        id ->
            handler.handleRequest(
                event("POST", "/", "", "{\"page\":\"" + PAGE + "\",\"id\":\"" + id + "\"}"),
                context(id));
    if (call == SpoiltCall.COUNT_AFTER_REFUSAL) {
      assertThat(view.apply("v").getStatusCode()).isEqualTo(200);
    }
    String result = spoilt(view);
    long counted = counted();
    boolean countedBefore = call == SpoiltCall.COUNT_AFTER_REFUSAL;
    if (result.equals("200") || countedBefore) {
      assertThat(counted).as("acknowledged").isOne();
    }
    APIGatewayV2HTTPResponse again = view.apply("v");
    assertThat(again.getStatusCode()).isEqualTo(200);
    assertThat(again.getBody()).isEqualTo("{\"page\":\"" + PAGE + "\",\"count\":1}");
    assertThat(counted()).as("counted once").isOne();
    assertThat(salt()).hasSize(32);
    return result + call.stored(counted == 1) + "; heals";
  }

  private String read(FaultProxy proxy, String path, String query) {
    table(counters, "id");
    table(history, "pk", "sk");
    handler(store, env -> new IncrementHandler(env, at(NOW)))
        .handleRequest(event("POST", "/", "", "{\"page\":\"" + PAGE + "\"}"), context("seed"));
    seedHistory(NOW);
    ReadHandler handler = handler(proxy.endpoint(), env -> new ReadHandler(env, at(NOW)));
    Function<String, APIGatewayV2HTTPResponse> read =
        id -> handler.handleRequest(event("GET", path, query, null), context(id));
    String right = read.apply("reference").getBody();
    assertThat(right).containsAnyOf("\"count\":1", "\"" + PAGE + "\":1", "\"value\":3");
    String result =
        spoilt(
            id -> {
              APIGatewayV2HTTPResponse response = read.apply(id);
              if (response.getStatusCode() == 200) {
                assertThat(response.getBody()).isEqualTo(right);
              }
              return response;
            });
    APIGatewayV2HTTPResponse again = read.apply("again");
    assertThat(again.getBody()).isEqualTo(right);
    return result + "; heals";
  }

  private String rollup(FaultProxy proxy) {
    table(history, "pk", "sk");
    RollupHandler handler = handler(proxy.endpoint(), env -> new RollupHandler(env, at(NOW)));
    boolean done =
        watched(
            id -> {
              var failures = handler.handleRequest(batch(NOW), context(id)).getBatchItemFailures();
              if (!failures.isEmpty()) {
                assertThat(failures).hasSize(1);
                assertThat(failures.get(0).getItemIdentifier()).isEqualTo("1");
              }
              return failures.isEmpty();
            });
    int rows = sequences(TODAY).size();
    if (done) {
      assertThat(rows).as("acknowledged").isEqualTo(3);
    }
    assertThat(handler.handleRequest(batch(NOW), context("again")).getBatchItemFailures())
        .isEmpty();
    assertThat(sequences(TODAY)).containsExactly(1L, 2L, 3L);
    assertThat(stored().sites()).containsExactly(SITE);
    return (done ? call.success() : call.failure()) + call.stored(rows == 3) + "; heals";
  }

  private String compact(FaultProxy proxy) {
    table(history, "pk", "sk");
    Instant then = NOW.minus(THREE_DAYS);
    LocalDate day = TODAY.minusDays(3);
    seedHistory(then);
    CompactHandler handler = handler(proxy.endpoint(), env -> new CompactHandler(env, at(NOW)));
    boolean done =
        watched(
            id -> {
              try {
                handler.handleRequest(new ScheduledEvent(), context(id));
                return true;
              } catch (RuntimeException e) {
                return false;
              }
            });
    boolean closed = stored().days(SITE, day, day).containsKey(day);
    assertThat(sequences(day)).as("nothing lost meanwhile").containsExactly(1L, 2L, 3L);
    handler.handleRequest(new ScheduledEvent(), context("again"));
    assertThat(stored().days(SITE, day, day)).containsOnlyKeys(day);
    assertThat(sequences(day)).containsExactly(1L, 2L, 3L);
    return (done ? call.success() : call.failure()) + call.stored(closed) + "; heals";
  }

  private String spoilt(Function<String, APIGatewayV2HTTPResponse> request) {
    int[] status = new int[1];
    watched(
        id -> {
          APIGatewayV2HTTPResponse response = request.apply(id);
          status[0] = response.getStatusCode();
          if (status[0] != 200) {
            assertThat(response.getHeaders())
                .containsEntry("retry-after", "1")
                .containsEntry("content-type", "application/problem+json");
            assertThat(response.getBody()).contains("counters-unavailable");
          }
          return status[0] == 200;
        });
    return Integer.toString(status[0]);
  }

  /** Does it with the fault, looks at what was written about it, and takes the fault away. */
  private boolean watched(Function<String, Boolean> work) {
    armed.set(true);
    boolean done = work.apply("v");
    if (!always) {
      assertThat(armed).as("the call was made").isFalse();
    }
    armed.set(false);
    List<String> written = lines.of(requestId("v"));
    List<String> errors =
        written.stream().filter(line -> line.contains("\"level\":\"ERROR\"")).toList();
    List<String> records = written.stream().filter(line -> line.contains("\"_aws\"")).toList();
    assertThat(errors).as("error lines").hasSize(done ? 0 : 1);
    assertThat(String.join("\n", written)).doesNotContain(ADDRESS, "Marker");
    assertThat(records).isNotEmpty();
    String last = records.get(records.size() - 1);
    assertThat(last.contains("\"Faults\":1")).as("Faults in %s", last).isEqualTo(!done);
    return done;
  }

  private String requestId(String request) {
    return "trial-" + number + "-" + request;
  }

  /** Handlers ask this property where their store is when they are made. */
  private <T> T handler(URI endpoint, Function<Map<String, String>, T> constructor) {
    synchronized (FaultTrial.class) {
      String property = "aws.endpointUrlDynamoDb";
      System.setProperty(property, endpoint.toString());
      try {
        return constructor.apply(
            Map.of(
                "TABLE_NAME", counters,
                "HISTORY_TABLE_NAME", history,
                "ALLOWED_ORIGINS", "*",
                "PUBLIC_STATISTICS", "true",
                "POWERTOOLS_METRICS_NAMESPACE", "VisitorCount",
                "POWERTOOLS_SERVICE_NAME", "VisitorCount"));
      } finally {
        System.clearProperty(property);
      }
    }
  }

  private void seedHistory(Instant at) {
    RollupHandler seed = handler(store, env -> new RollupHandler(env, at(at)));
    assertThat(seed.handleRequest(batch(at), context("seed")).getBatchItemFailures()).isEmpty();
  }

  private void table(String name, String... keys) {
    client.createTable(
        table -> {
          table.tableName(name).billingMode(BillingMode.PAY_PER_REQUEST);
          table.attributeDefinitions(
              List.of(keys).stream()
                  .map(
                      key ->
                          software.amazon.awssdk.services.dynamodb.model.AttributeDefinition
                              .builder()
                              .attributeName(key)
                              .attributeType(ScalarAttributeType.S)
                              .build())
                  .toList());
          table.keySchema(
              List.of(keys).stream()
                  .map(
                      key ->
                          software.amazon.awssdk.services.dynamodb.model.KeySchemaElement.builder()
                              .attributeName(key)
                              .keyType(key.equals(keys[0]) ? KeyType.HASH : KeyType.RANGE)
                              .build())
                  .toList());
        });
    await(
        () ->
            client.describeTable(table -> table.tableName(name)).table().tableStatus()
                == TableStatus.ACTIVE);
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  private long counted() {
    var item =
        client.getItem(get -> get.tableName(counters).consistentRead(true).key(key(PAGE))).item();
    return item.containsKey("views") ? Long.parseLong(item.get("views").n()) : 0;
  }

  private byte[] salt() {
    return client
        .getItem(get -> get.tableName(counters).consistentRead(true).key(key("#salt/" + TODAY)))
        .item()
        .get("salt")
        .b()
        .asByteArray();
  }

  private static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> key(
      String id) {
    return Map.of("id", software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(id));
  }

  private History stored() {
    return new HistoryTable(client, history).history(at(NOW));
  }

  private List<Long> sequences(LocalDate day) {
    return stored().rows(SITE, day).stream().map(Row::sequence).sorted().toList();
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static APIGatewayV2HTTPEvent event(
      String method, String path, String query, String body) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRawQueryString(query)
        .withBody(body)
        .withHeaders(Map.of("user-agent", AGENT, "content-type", "application/json"))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod(method)
                        .withSourceIp(ADDRESS)
                        .build())
                .build())
        .build();
  }

  private Context context(String request) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getAwsRequestId" -> requestId(request);
                  case "getRemainingTimeInMillis" -> 300_000;
                  case "getMemoryLimitInMB" -> 512;
                  case "getFunctionName" -> "trial";
                  case "getInvokedFunctionArn" -> "arn:aws:lambda:us-east-1:1:function:trial";
                  case "getFunctionVersion" -> "1";
                  default -> null;
                });
  }

  private static DynamodbEvent batch(Instant at) {
    List<DynamodbStreamRecord> records = new ArrayList<>();
    for (int sequence = 1; sequence <= 3; sequence++) {
      StreamRecord streamed =
          new StreamRecord()
              .withSequenceNumber("" + sequence)
              .withApproximateCreationDateTime(Date.from(at))
              .withOldImage(sequence == 1 ? null : image(sequence - 1, at))
              .withNewImage(image(sequence, at));
      DynamodbStreamRecord record = new DynamodbStreamRecord();
      record.setEventName(sequence == 1 ? "INSERT" : "MODIFY");
      record.setDynamodb(streamed);
      records.add(record);
    }
    DynamodbEvent event = new DynamodbEvent();
    event.setRecords(records);
    return event;
  }

  private static Map<String, AttributeValue> image(int views, Instant at) {
    AttributeValue time = new AttributeValue().withN("" + (at.toEpochMilli() - 20_000));
    return Map.of(
        "id", new AttributeValue().withS(PAGE),
        "views", new AttributeValue().withN("" + views),
        "born", time,
        "a", new AttributeValue().withB(ByteBuffer.wrap(new byte[] {0, 0, 0, (byte) views})),
        "last",
            new AttributeValue()
                .withM(
                    Map.of(
                        "t", time,
                        "e", new AttributeValue().withBOOL(true),
                        "r", new AttributeValue().withS("news.example"),
                        "l", new AttributeValue().withS("DE"),
                        "b", new AttributeValue().withS("Firefox"),
                        "o", new AttributeValue().withS("Linux"),
                        "d", new AttributeValue().withS("L"),
                        "v", new AttributeValue().withB(ByteBuffer.wrap(new byte[8])))));
  }
}
