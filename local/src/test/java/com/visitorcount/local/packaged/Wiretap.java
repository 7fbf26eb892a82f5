package com.visitorcount.local.packaged;

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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a function and DynamoDB, and tells what it heard: the calls, over which
 * connections, signed by whom. It is also where the function gets its credentials, as from Lambda
 * after a restore. Cut, it closes every connection.
 */
final class Wiretap implements AutoCloseable {
  private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]*)/");
  private static final String TARGET = "X-amz-target";

  private final URI target;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile String accessKey = "BEFORE";

  /**
   * A call.
   *
   * @param client end of its connection
   */
  record Call(String operation, String accessKey, InetSocketAddress client) {}

  private Wiretap(URI target, HttpServer server) {
    this.target = target;
    this.server = server;
  }

  static Wiretap before(URI target) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Wiretap tap = new Wiretap(target, server);
    server.setExecutor(tap.executor);
    server.createContext("/", tap::forward);
    server.createContext("/credentials", tap::credentials);
    server.start();
    return tap;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where credentials are. */
  URI credentials() {
    return endpoint().resolve("/credentials");
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** From now on no call is answered, or is again. */
  void cut(boolean cut) {
    this.cut = cut;
  }

  /** From now on there are credentials with another access key. */
  void rotateCredentials(String accessKey) {
    this.accessKey = accessKey;
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (cut) {
        return;
      }
      String operation = exchange.getRequestHeaders().getFirst(TARGET);
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      Matcher key = ACCESS_KEY.matcher(authorization);
      calls.add(
          new Call(
              operation.substring(operation.indexOf('.') + 1),
              key.find() ? key.group(1) : "",
              exchange.getRemoteAddress()));
      HttpRequest request =
          HttpRequest.newBuilder(target)
              .header(TARGET, operation)
              .header("Content-Type", exchange.getRequestHeaders().getFirst("Content-type"))
              .header("Authorization", authorization)
              .header("X-Amz-Date", exchange.getRequestHeaders().getFirst("X-amz-date"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build();
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      send(exchange, response.statusCode(), response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void credentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      String credentials =
          """
          {"AccessKeyId":"%s","SecretAccessKey":"secret","Token":"token",\
          "Expiration":"2100-01-01T00:00:00Z"}"""
              .formatted(accessKey);
      send(exchange, 200, credentials.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
