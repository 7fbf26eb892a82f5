package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Lambda's runtime API on loopback, as far as a function needs it: the function requests the next
 * invocation, and sends back a response or an error.
 */
final class RuntimeApi implements AutoCloseable {
  private static final String INVOCATION = "/2018-06-01/runtime/invocation/";
  private static final String RESTORE = "/2018-06-01/runtime/restore/next";
  private static final int PATIENCE_SECONDS = 60;

  static {
    sendAtOnce();
  }

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final Map<String, Invocation> running = new ConcurrentHashMap<>();

  /** Completed when the function asks for a restore or for its first event. */
  private final CompletableFuture<Void> initialised = new CompletableFuture<>();

  private final CompletableFuture<Void> restored = new CompletableFuture<>();

  private record Invocation(String requestId, String event, CompletableFuture<String> response) {}

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  /**
   * Prevents the JDK's server from waiting 40 ms after the headers of each answer. Call it before
   * the first server of the process is created.
   */
  static void sendAtOnce() {
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  static RuntimeApi start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    RuntimeApi api = new RuntimeApi(server);
    server.setExecutor(api.executor);
    server.createContext("/", api::answer);
    server.start();
    return api;
  }

  /** The value of {@code AWS_LAMBDA_RUNTIME_API} for a function. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Returns when the function has been created. With SnapStart it is then ready for its snapshot,
   * and continues when it is restored.
   */
  void awaitInit() throws Exception {
    initialised.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Lets a waiting function continue as a restored copy of its snapshot. */
  void restore() {
    restored.complete(null);
  }

  /** Makes the restored function handle an event, and returns its response as JSON. */
  String invoke(String requestId, String event) throws Exception {
    restore();
    Invocation invocation = new Invocation(requestId, event, new CompletableFuture<>());
    waiting.add(invocation);
    return invocation.response.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (path.equals(INVOCATION + "next")) {
      next(exchange);
    } else if (path.equals(RESTORE)) {
      // the snapshot is taken here, with everything that ran before
      initialised.complete(null);
      restored.join();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, -1);
      exchange.close();
    } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
      invocation(path).response.complete(body);
      accept(exchange);
    } else {
      fail(path + ": " + body);
      accept(exchange);
    }
  }

  /** Ends all invocations, because the function cannot answer them. */
  void fail(String reason) {
    IllegalStateException failure = new IllegalStateException(reason);
    initialised.completeExceptionally(failure);
    running.values().forEach(invocation -> invocation.response.completeExceptionally(failure));
    waiting.forEach(invocation -> invocation.response.completeExceptionally(failure));
  }

  private Invocation invocation(String path) {
    String requestId = path.substring(INVOCATION.length(), path.indexOf('/', INVOCATION.length()));
    return running.remove(requestId);
  }

  private void next(HttpExchange exchange) throws IOException {
    initialised.complete(null);
    Invocation invocation;
    try {
      invocation = waiting.take();
    } catch (InterruptedException e) {
      exchange.close();
      return;
    }
    running.put(invocation.requestId, invocation);
    // without a content type, the runtime interface client's native part crashes
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.requestId);
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Deadline-Ms", Long.toString(System.currentTimeMillis() + 10_000));
    exchange
        .getResponseHeaders()
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:000000000000:function:visitorcount:live");
    exchange
        .getResponseHeaders()
        .set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-" + UUID.randomUUID());
    byte[] event = invocation.event.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, event.length);
    exchange.getResponseBody().write(event);
    exchange.close();
  }

  private static void accept(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  @Override
  public void close() {
    restore();
    server.stop(0);
    executor.shutdownNow();
  }
}
