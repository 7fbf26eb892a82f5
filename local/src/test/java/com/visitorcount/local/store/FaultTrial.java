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
import com.visitorcount.history.column.Group;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.ClosedDay;
import com.visitorcount.history.statistics.History;
import com.visitorcount.increment.IncrementHandler;
import com.visitorcount.local.store.FaultProxy.Call;
import com.visitorcount.local.store.FaultProxy.Fault;
import com.visitorcount.read.ReadHandler;
import com.visitorcount.rollup.CompactHandler;
import com.visitorcount.rollup.RollupHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/** One cell of the matrix: a handler with its own tables, with one kind of its calls spoilt. */
final class FaultTrial {
  /** The calls of the functions. */
  enum SpoiltCall {
    SALT("Increment: the day's salt (UpdateItem)", "UpdateItem", "#salt/"),
    VIEW("Increment: the view (UpdateItem)", "UpdateItem", "#views"),
    IMAGE("Increment: the view of a counting image (UpdateItem)", "UpdateItem", "#views"),
    COUNT_AFTER_REFUSAL("Increment: the count after a refused retry (GetItem)", "GetItem", ""),
    IMAGE_FOR_BOT("Increment: the count of a counting image for a bot (GetItem)", "GetItem", ""),
    COUNT("Read: one count (GetItem)", "GetItem", ""),
    BADGE("Read: the count of a badge (GetItem)", "GetItem", ""),
    COUNTS("Read: several counts (BatchGetItem)", "BatchGetItem", ""),
    HISTORY("Read: statistics (Query)", "Query", ""),
    SITES_OF_OWNER("Read: the list of sites (Query)", "Query", "#sites"),
    ROWS_OF_ACCOUNT("Read: verify, the history (Query)", "Query", ""),
    COUNTER_OF_ACCOUNT("Read: verify, the counter (GetItem)", "GetItem", ""),
    LIST_SITE("Rollup: the lists of sites and days (BatchWriteItem)", "BatchWriteItem", "#sites"),
    CHUNK("Rollup: the chunk (PutItem)", "PutItem", "c#"),
    SET_ASIDE(
        "Rollup: a record that cannot be read (BatchWriteItem)", "BatchWriteItem", "#set-aside"),
    LISTED_DAYS("Compact: the list of what is due (Query)", "Query", "#work"),
    ATTEMPT("Compact: the note that a day is about to be closed (PutItem)", "PutItem", "#attempt"),
    OPEN_DAY("Compact: what a site has (Query)", "Query", ":pk\":{\"S\":\"fault.test"),
    HOUR("Compact: the chunks of an hour in one (PutItem)", "PutItem", "\"h#"),
    CLOSED_ROWS("Compact: rows of a closed day (PutItem)", "PutItem", "\"d#"),
    LEDGER("Compact: the sequences of a closed day (PutItem)", "PutItem", "\"q#"),
    SUMMARY("Compact: the summary that closes a day (conditional PutItem)", "PutItem", "\"s#"),
    REPLACED("Compact: the expiry of what is replaced (PutItem)", "PutItem", "\"exp\""),
    MONTH("Compact: the sum of a month (PutItem)", "PutItem", "\"m#"),
    STRIKE_OFF("Compact: the end of a day's place in the list (DeleteItem)", "DeleteItem", "#work");

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
      return call.operation().equals(operation)
          && call.body().contains(part)
          // the list's items expire, too
          && (this != REPLACED || !call.body().contains("#work"));
    }

    boolean isWrite() {
      return operation.equals("PutItem")
          || operation.equals("BatchWriteItem")
          || operation.equals("DeleteItem");
    }

    /** Whether the call's timeout is that of a single attempt. */
    boolean isOfOneAttempt() {
      return this == COUNT_AFTER_REFUSAL || this == COUNTS;
    }

    private boolean isOfRollup() {
      return this == LIST_SITE || this == CHUNK || this == SET_ASIDE;
    }

    private boolean isOfCompact() {
      return compareTo(LISTED_DAYS) >= 0;
    }

    private boolean isImage() {
      return this == IMAGE || this == IMAGE_FOR_BOT || this == BADGE;
    }

    String success() {
      return isOfCompact() || isOfRollup() ? "done" : "200";
    }

    String failure() {
      return isOfCompact()
          ? "thrown"
          : isOfRollup() ? "reported" : isImage() ? "200 and says so" : "503";
    }

    /** The state that remains, depending on whether the call was done. */
    String stored(boolean done) {
      return switch (this) {
        case VIEW, IMAGE, CHUNK, SET_ASIDE, HOUR, SUMMARY, MONTH ->
            done ? ", stored" : ", not stored";
        default -> "";
      };
    }
  }

  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");
  private static final Instant AFTER_A_MONTH = Instant.parse("2026-11-03T10:15:30.123Z");
  private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
  private static final Duration TWO_HOURS = Duration.ofHours(2);
  private static final Duration THREE_DAYS = Duration.ofDays(3);
  static final String OLD_ITEMS_STAY = ", old items stay";

  private static final String SITE = "fault.test";
  private static final String PAGE = SITE + "/a";
  private static final String ADDRESS = "203.0.113.77";
  private static final String AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Marker";
  private static final String BOT = "Mozilla/5.0 (compatible; Marker/2.1; +https://bot.example/)";

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

  /** Runs the trial; asserts everything that holds for all cells, and returns what differs. */
  String outcome() throws Exception {
    try (FaultProxy proxy = FaultProxy.spoiling(store, this::plan)) {
      return switch (call) {
        case SALT, VIEW, IMAGE, COUNT_AFTER_REFUSAL -> increment(proxy);
        case IMAGE_FOR_BOT -> bot(proxy);
        case COUNT -> read(proxy, "/", "page=" + PAGE);
        case BADGE -> read(proxy, "/badge.svg", "page=" + PAGE);
        case COUNTS -> read(proxy, "/", "page=" + PAGE + "&page=other");
        case HISTORY ->
            read(
                proxy,
                "/api/v1/stats/aggregate",
                "period=day&date=" + TODAY + "&metrics=pageviews&site_id=" + SITE);
        case SITES_OF_OWNER -> read(proxy, "/api/v1/sites", "");
        case ROWS_OF_ACCOUNT, COUNTER_OF_ACCOUNT -> read(proxy, "/api/v1/verify", "page=" + PAGE);
        case LIST_SITE, CHUNK -> rollup(proxy);
        case SET_ASIDE -> setAside(proxy);
        case LISTED_DAYS,
            ATTEMPT,
            OPEN_DAY,
            HOUR,
            CLOSED_ROWS,
            LEDGER,
            SUMMARY,
            REPLACED,
            MONTH,
            STRIKE_OFF ->
            compact(proxy);
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
        id -> handler.handleRequest(view(id), context(id));
    if (call == SpoiltCall.COUNT_AFTER_REFUSAL) {
      assertThat(view.apply("v").getStatusCode()).isEqualTo(200);
    }
    String result = spoilt(view);
    long counted = counted();
    boolean countedBefore = call == SpoiltCall.COUNT_AFTER_REFUSAL;
    if (result.equals(call.success()) || countedBefore) {
      assertThat(counted).as("acknowledged").isOne();
    }
    APIGatewayV2HTTPResponse again = view.apply("v");
    assertThat(again.getStatusCode()).isEqualTo(200);
    assertThat(again.getBody())
        .containsAnyOf("{\"page\":\"" + PAGE + "\",\"count\":1}", "aria-label=\"views: 1\"");
    assertThat(counted()).as("counted once").isOne();
    assertThat(salt()).hasSize(32);
    return result + call.stored(counted == 1) + "; heals";
  }

  private APIGatewayV2HTTPEvent view(String id) {
    return call == SpoiltCall.IMAGE
        ? event("GET", "/hit.svg", "page=" + PAGE, null, AGENT)
        : event("POST", "/", "", "{\"page\":\"" + PAGE + "\",\"id\":\"" + id + "\"}", AGENT);
  }

  private String bot(FaultProxy proxy) {
    seed();
    IncrementHandler handler = handler(proxy.endpoint(), env -> new IncrementHandler(env, at(NOW)));
    String result =
        answered(
            id ->
                handler.handleRequest(
                    event("GET", "/hit.svg", "page=" + PAGE, null, BOT), context(id)));
    assertThat(counted()).as("counted the seed only").isOne();
    return result;
  }

  private String read(FaultProxy proxy, String path, String query) {
    seed();
    ReadHandler handler = handler(proxy.endpoint(), env -> new ReadHandler(env, at(NOW)));
    return answered(
        id -> handler.handleRequest(event("GET", path, query, null, AGENT), context(id)));
  }

  private void seed() {
    table(counters, "id");
    table(history, "pk", "sk");
    handler(store, env -> new IncrementHandler(env, at(NOW)))
        .handleRequest(
            event("POST", "/", "", "{\"page\":\"" + PAGE + "\"}", AGENT), context("seed"));
    seedHistory(1, NOW, NOW);
  }

  /** The outcome of a request that changes nothing. */
  private String answered(Function<String, APIGatewayV2HTTPResponse> request) {
    String right = request.apply("reference").getBody();
    assertThat(right)
        .containsAnyOf(
            "\"count\":1",
            "\"" + PAGE + "\":1",
            "\"value\":3",
            "aria-label=\"views: 1\"",
            "\"counter\":1,\"rows\":3",
            "\"site_id\":\"" + SITE + "\"");
    String result =
        spoilt(
            id -> {
              APIGatewayV2HTTPResponse response = request.apply(id);
              if (isWell(response)) {
                assertThat(response.getBody()).isEqualTo(right);
              }
              return response;
            });
    assertThat(request.apply("again").getBody()).isEqualTo(right);
    return result + "; heals";
  }

  private String rollup(FaultProxy proxy) {
    table(history, "pk", "sk");
    RollupHandler handler = handler(proxy.endpoint(), env -> new RollupHandler(env, at(NOW)));
    boolean done =
        watched(
            id -> {
              var failures =
                  handler.handleRequest(batch(1, NOW), context(id)).getBatchItemFailures();
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
    assertThat(handler.handleRequest(batch(1, NOW), context("again")).getBatchItemFailures())
        .isEmpty();
    assertThat(sequences(TODAY)).containsExactly(1L, 2L, 3L);
    assertThat(stored().sites()).containsExactly(SITE);
    return (done ? call.success() : call.failure()) + call.stored(rows == 3) + "; heals";
  }

  /** Of three records, the first cannot be read. */
  private String setAside(FaultProxy proxy) {
    table(history, "pk", "sk");
    RollupHandler handler = handler(proxy.endpoint(), env -> new RollupHandler(env, at(NOW)));
    DynamodbEvent batch = batch(1, NOW);
    StreamRecord first = batch.getRecords().get(0).getDynamodb();
    Map<String, AttributeValue> broken = new HashMap<>(first.getNewImage());
    broken.put("last", new AttributeValue().withS("news"));
    first.setNewImage(broken);
    boolean done =
        watched(
            id -> {
              var failures = handler.handleRequest(batch, context(id)).getBatchItemFailures();
              if (!failures.isEmpty()) {
                assertThat(failures).hasSize(1);
                assertThat(failures.get(0).getItemIdentifier()).isEqualTo("1");
              }
              return failures.isEmpty();
            });
    int kept = historyItems("#set-aside").size();
    if (done) {
      assertThat(kept).as("acknowledged").isOne();
    }
    assertThat(handler.handleRequest(batch, context("again")).getBatchItemFailures()).isEmpty();
    assertThat(historyItems("#set-aside")).hasSize(1);
    assertThat(sequences(TODAY)).containsExactly(2L, 3L);
    return (done ? call.success() : call.failure()) + call.stored(kept == 1) + "; heals";
  }

  private String compact(FaultProxy proxy) {
    table(history, "pk", "sk");
    Instant then = now().minus(call == SpoiltCall.HOUR ? TWO_HOURS : THREE_DAYS);
    LocalDate day = LocalDate.ofInstant(then, ZoneOffset.UTC);
    List<Long> all = new ArrayList<>(List.of(1L, 2L, 3L));
    // the first run on a table looks for data of earlier versions
    handler(store, env -> new CompactHandler(env, at(then)))
        .handleRequest(new ScheduledEvent(), context("first"));
    seedHistory(1, then, then);
    if (call == SpoiltCall.HOUR) {
      noteThatDayIsBusy(then);
    }
    if (call == SpoiltCall.REPLACED) {
      handler(store, env -> new CompactHandler(env, at(now())))
          .handleRequest(new ScheduledEvent(), context("before"));
      // rows that came after the day was closed
      all.addAll(List.of(4L, 5L, 6L));
      seedHistory(4, then, now());
    }
    CompactHandler handler = handler(proxy.endpoint(), env -> new CompactHandler(env, at(now())));
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
    boolean kept = isCompacted(day);
    assertThat(sequences(day)).as("nothing lost meanwhile").isEqualTo(all);
    handler.handleRequest(new ScheduledEvent(), context("again"));
    assertThat(isCompacted(day)).as("made up for").isTrue();
    assertThat(sequences(day)).isEqualTo(all);
    return (done ? call.success() : call.failure())
        + call.stored(kept)
        + (itemsWithoutUse(day) > 0 ? OLD_ITEMS_STAY : "")
        + "; heals";
  }

  /** As if there were many chunks in the hour. */
  private void noteThatDayIsBusy(Instant arrived) {
    String hour = arrived.toString().substring(0, "2026-11-25T08".length());
    String day = hour.substring(0, "2026-11-25".length());
    client.putItem(
        put ->
            put.tableName(history)
                .item(
                    Map.of(
                        "pk",
                        text("#work"),
                        "sk",
                        text(day + "#" + SITE + "#busy"),
                        "rev",
                        text(hour))));
  }

  /** Items of a closed day with a revision other than the current one that will not expire. */
  private long itemsWithoutUse(LocalDate day) {
    if (call != SpoiltCall.REPLACED) {
      return 0;
    }
    List<Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue>> items =
        historyItems(SITE);
    String revision =
        items.stream()
            .filter(item -> item.get("sk").s().equals("s#" + day))
            .findFirst()
            .orElseThrow()
            .get("rev")
            .s();
    return items.stream()
        .filter(item -> !item.get("rev").s().equals(revision) && !item.containsKey("exp"))
        .count();
  }

  private List<Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue>>
      historyItems(String partition) {
    return client
        .query(
            query ->
                query
                    .tableName(history)
                    .consistentRead(true)
                    .keyConditionExpression("pk = :pk")
                    .expressionAttributeValues(Map.of(":pk", text(partition))))
        .items();
  }

  private boolean isCompacted(LocalDate day) {
    return switch (call) {
      case HOUR ->
          historyItems(SITE + "#" + day).stream()
              .anyMatch(item -> item.get("sk").s().startsWith("h#"));
      case MONTH -> !stored().months(SITE, YearMonth.from(day), YearMonth.from(day)).isEmpty();
      default -> stored().days(SITE, day, day).containsKey(day);
    };
  }

  private Instant now() {
    return call == SpoiltCall.MONTH ? AFTER_A_MONTH : NOW;
  }

  private boolean isWell(APIGatewayV2HTTPResponse response) {
    return response.getStatusCode() < 300 && !response.getBody().contains("unavailable");
  }

  private String spoilt(Function<String, APIGatewayV2HTTPResponse> request) {
    String[] outcome = new String[1];
    watched(
        id -> {
          APIGatewayV2HTTPResponse response = request.apply(id);
          boolean well = isWell(response);
          outcome[0] = response.getStatusCode() + "";
          if (!well && call.isImage()) {
            assertThat(response.getHeaders().get("cache-control")).contains("no-store");
            outcome[0] += " and says so";
          } else if (!well) {
            assertThat(response.getHeaders())
                .containsEntry("retry-after", "1")
                .containsEntry("content-type", "application/problem+json");
            assertThat(response.getBody()).contains("counters-unavailable");
          }
          return well;
        });
    return outcome[0];
  }

  /** Runs it with the fault, checks what was logged, and removes the fault. */
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
    // an unreadable record is reported in any case
    int others = call == SpoiltCall.SET_ASIDE ? 1 : 0;
    assertThat(errors).as("error lines").hasSize(others + (done ? 0 : 1));
    assertThat(String.join("\n", written)).doesNotContain(ADDRESS, "Marker");
    // a plain record has no request id
    assertThat(records.stream().filter(record -> record.contains("\"Faults\":1")))
        .as("Faults in %s", records)
        .hasSize(Math.max(others, done ? 0 : 1));
    return done;
  }

  private String requestId(String request) {
    return "trial-" + number + "-" + request;
  }

  /** Handlers read this property for their store's URL when they are created. */
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
                "COUNTING_IMAGE", "true",
                "POWERTOOLS_METRICS_NAMESPACE", "VisitorCount",
                "POWERTOOLS_SERVICE_NAME", "VisitorCount"));
      } finally {
        System.clearProperty(property);
      }
    }
  }

  /** Three views. */
  private void seedHistory(int firstSequence, Instant viewed, Instant arrived) {
    RollupHandler seed = handler(store, env -> new RollupHandler(env, at(arrived)));
    assertThat(
            seed.handleRequest(batch(firstSequence, viewed), context("seed"))
                .getBatchItemFailures())
        .isEmpty();
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
    return Map.of("id", text(id));
  }

  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue text(String text) {
    return software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(text);
  }

  private History stored() {
    return new HistoryTable(client, history).history(at(now()));
  }

  private List<Long> sequences(LocalDate day) {
    History stored = stored();
    SortedMap<LocalDate, ClosedDay> closed = stored.days(SITE, day, day);
    List<Row> rows = new ArrayList<>(stored.openRows(SITE, day));
    if (!closed.isEmpty()) {
      rows.clear();
      stored.parts(
          SITE, closed, EnumSet.allOf(Group.class), part -> rows.addAll(part.toRows(rows.size())));
    }
    return rows.stream().map(Row::sequence).sorted().toList();
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }

  private static APIGatewayV2HTTPEvent event(
      String method, String path, String query, String body, String agent) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRawQueryString(query)
        .withBody(body)
        .withHeaders(Map.of("user-agent", agent, "content-type", "application/json"))
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

  private static DynamodbEvent batch(int first, Instant at) {
    List<DynamodbStreamRecord> records = new ArrayList<>();
    for (int sequence = first; sequence < first + 3; sequence++) {
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
        "born", new AttributeValue().withN("" + NOW.toEpochMilli()),
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
