package com.visitorcount.local.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sits between a client and DynamoDB, and spoils selected calls. Calls count from 1. */
public final class FaultProxy implements AutoCloseable {
  /** What happens to a call. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Done, but the connection is closed instead of answering. */
    DONE_THEN_CLOSED,
    /** Done, but answered 500. */
    DONE_THEN_500,
    /** Done, but not answered for longer than any client waits. */
    DONE_THEN_SILENT,
    /** Not done: closed at once. */
    CLOSED,
    /** Not done: throttled. */
    THROTTLED,
    /** Not done: never answered. */
    SILENT,
    /** Not done: answered 500. */
    ANSWERED_500,
    /** Not done: the role does not allow it. */
    ACCESS_DENIED,
    /** Not done: the table does not exist. */
    TABLE_MISSING,
    /** Done, but answered late, within the timeout of an attempt. */
    SLOW,
    /** Done, but answered with something that is not JSON. */
    NOT_JSON,
    /** Done, but answered with truncated JSON. */
    TRUNCATED,
    /** Done, but answered with a wrong checksum. */
    WRONG_CRC32,
    /** Done, but answered with JSON in which everything has another type. */
    WRONG_SHAPE;

    boolean losesTheAnswer() {
      return this == DONE_THEN_CLOSED || this == DONE_THEN_500 || this == DONE_THEN_SILENT;
    }
  }

  /**
   * A call.
   *
   * @param operation such as {@code UpdateItem}
   * @param body the request as JSON
   * @param accessKey that it is signed with
   * @param client end of its connection
   */
  public record Call(String operation, String body, String accessKey, InetSocketAddress client) {}

  private static final int SLOW_MILLIS = 300;
  private static final String ERROR =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"as planned\"}";
  private static final String OTHER_SHAPE =
      """
      {"Attributes":{"views":{"S":"many"},"salt":{"S":"pepper"}},"Item":{"views":{"S":"many"}},
      "Responses":{"VisitorCount":[{"id":{"N":"1"},"views":{"BOOL":true}}]},
      "Items":[{"pk":{"N":"1"},"sk":{"BOOL":true},"z":{"S":"?"},"rev":{"N":"2"}}],"Count":1}""";

  private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]*)/");
  private static final Pattern ASKED_TABLE = Pattern.compile("\"Responses\":\\{\"([^\"]+)\"");

  private static final Set<String> FORWARDED =
      Set.of("X-amz-target", "Content-type", "Authorization", "X-amz-date");

  private static final long SILENCE_SECONDS = 10;

  private final Supplier<URI> target;
  private final Function<Call, Fault> plan;
  private final boolean sparesRefusals;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  private FaultProxy(
      Supplier<URI> target, Function<Call, Fault> plan, boolean sparesRefusals, HttpServer server) {
    this.target = target;
    this.plan = plan;
    this.sparesRefusals = sparesRefusals;
    this.server = server;
  }

  /** Spoils calls by their number; answers to refused writes are left unchanged. */
  static FaultProxy before(URI target, IntFunction<Fault> plan) throws IOException {
    return before(() -> target, plan);
  }

  /**
   * For a DynamoDB that may be replaced later.
   *
   * @param target called for each request
   */
  public static FaultProxy before(Supplier<URI> target, IntFunction<Fault> plan)
      throws IOException {
    AtomicInteger number = new AtomicInteger();
    return start(target, call -> plan.apply(number.incrementAndGet()), true);
  }

  /** Spoils calls by their content, including refusals. */
  public static FaultProxy spoiling(URI target, Function<Call, Fault> plan) throws IOException {
    return start(() -> target, plan, false);
  }

  private static FaultProxy start(
      Supplier<URI> target, Function<Call, Fault> plan, boolean sparesRefusals) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FaultProxy proxy = new FaultProxy(target, plan, sparesRefusals, server);
    server.setExecutor(proxy.executor);
    server.createContext("/", proxy::answer);
    server.start();
    return proxy;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  public int calls() {
    return calls.get();
  }

  public int lostAnswers() {
    return lostAnswers.get();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] request = exchange.getRequestBody().readAllBytes();
      calls.incrementAndGet();
      Fault fault = plan.apply(call(exchange, request));
      switch (fault) {
        case CLOSED -> {}
        case SILENT -> closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
        case ANSWERED_500 -> send(exchange, 500, "{}");
        case THROTTLED -> send(exchange, 400, error("ProvisionedThroughputExceededException"));
        case ACCESS_DENIED -> send(exchange, 400, error("AccessDeniedException"));
        case TABLE_MISSING -> send(exchange, 400, error("ResourceNotFoundException"));
        default -> spoilAnswer(exchange, fault, forward(exchange, request));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Call call(HttpExchange exchange, byte[] request) {
    String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    Matcher key = ACCESS_KEY.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
    return new Call(
        operation.substring(operation.indexOf('.') + 1),
        new String(request, StandardCharsets.UTF_8),
        key.find() ? key.group(1) : "",
        exchange.getRemoteAddress());
  }

  private void spoilAnswer(HttpExchange exchange, Fault fault, HttpResponse<byte[]> response)
      throws IOException, InterruptedException {
    // a refused write is not a write whose answer could be lost
    if (fault == Fault.NONE || (sparesRefusals && response.statusCode() != 200)) {
      send(exchange, response.statusCode(), response.body());
      return;
    }
    if (fault.losesTheAnswer()) {
      lostAnswers.incrementAndGet();
    }
    switch (fault) {
      case DONE_THEN_500 -> send(exchange, 500, "{}");
      case DONE_THEN_SILENT -> closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
      case SLOW -> {
        closing.await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        send(exchange, response.statusCode(), response.body());
      }
      case NOT_JSON -> send(exchange, 200, "<html>It works!</html>");
      case TRUNCATED -> send(exchange, 200, "{\"Attributes\":{\"views\":{\"N\":\"4");
      case WRONG_CRC32 -> {
        exchange.getResponseHeaders().set("x-amz-crc32", "1");
        send(exchange, response.statusCode(), response.body());
      }
      case WRONG_SHAPE -> send(exchange, 200, otherShape(response.body()));
      default -> {
        // closed without an answer
      }
    }
  }

  /** The answer in another shape. */
  private static String otherShape(byte[] answer) {
    Matcher table = ASKED_TABLE.matcher(new String(answer, StandardCharsets.UTF_8));
    return table.find() ? OTHER_SHAPE.replace("VisitorCount", table.group(1)) : OTHER_SHAPE;
  }

  private static String error(String type) {
    return ERROR.formatted(type);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.get()).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (FORWARDED.contains(name)) {
                request.header(name, values.get(0));
              }
            });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    executor.shutdownNow();
  }
}
