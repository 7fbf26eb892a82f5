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
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Stands between a client and DynamoDB, and spoils the calls it is told to. Calls count from 1. */
public final class FaultProxy implements AutoCloseable {
  /** What becomes of a call. */
  public enum Fault {
    /** Nothing. */
    NONE,
    /** Done, and then the connection is closed instead of an answer. */
    DONE_THEN_CLOSED,
    /** Done, and then answered 500. */
    DONE_THEN_500,
    /** Done, and then not answered for longer than any client waits. */
    DONE_THEN_SILENT,
    /** Not done: closed at once. */
    CLOSED,
    /** Not done: throttled. */
    THROTTLED;

    boolean losesTheAnswer() {
      return this == DONE_THEN_CLOSED || this == DONE_THEN_500 || this == DONE_THEN_SILENT;
    }
  }

  private static final Set<String> FORWARDED =
      Set.of("X-amz-target", "Content-type", "Authorization", "X-amz-date");

  private static final long SILENCE_SECONDS = 10;

  private final Supplier<URI> target;
  private final IntFunction<Fault> plan;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);

  private FaultProxy(Supplier<URI> target, IntFunction<Fault> plan, HttpServer server) {
    this.target = target;
    this.plan = plan;
    this.server = server;
  }

  public static FaultProxy before(URI target, IntFunction<Fault> plan) throws IOException {
    return before(() -> target, plan);
  }

  /**
   * Stands before a DynamoDB that may be another one later.
   *
   * @param target is asked at each call
   */
  public static FaultProxy before(Supplier<URI> target, IntFunction<Fault> plan)
      throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    FaultProxy proxy = new FaultProxy(target, plan, server);
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
      Fault fault = plan.apply(calls.incrementAndGet());
      if (fault == Fault.CLOSED) {
        return;
      }
      if (fault == Fault.THROTTLED) {
        String body =
            "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
                + "\"message\":\"slow down\"}";
        send(exchange, 400, body.getBytes(StandardCharsets.UTF_8));
        return;
      }
      HttpResponse<byte[]> response = forward(exchange, request);
      // a refused write is no write whose answer could be lost
      if (fault == Fault.NONE || response.statusCode() != 200) {
        send(exchange, response.statusCode(), response.body());
        return;
      }
      lostAnswers.incrementAndGet();
      if (fault == Fault.DONE_THEN_500) {
        send(exchange, 500, "{}".getBytes(StandardCharsets.UTF_8));
      } else if (fault == Fault.DONE_THEN_SILENT) {
        closing.await(SILENCE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
