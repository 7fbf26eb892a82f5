package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.local.store.FaultProxy;
import com.visitorcount.local.store.FaultProxy.Call;
import com.visitorcount.local.store.FaultProxy.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sits between a function and DynamoDB, and records the calls, their connections and signers. It
 * also provides the function's credentials, as Lambda does after a restore. When cut, it closes
 * every connection.
 */
final class Wiretap implements AutoCloseable {
  private final FaultProxy proxy;
  private final HttpServer credentials;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile boolean cut;
  private volatile String accessKey = "BEFORE";

  private Wiretap(URI target) throws IOException {
    proxy = FaultProxy.spoiling(target, this::hear);
    credentials = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    credentials.createContext("/", this::sendCredentials);
    credentials.start();
  }

  static Wiretap before(URI target) throws IOException {
    return new Wiretap(target);
  }

  private Fault hear(Call call) {
    if (cut) {
      return Fault.CLOSED;
    }
    calls.add(call);
    return Fault.NONE;
  }

  URI endpoint() {
    return proxy.endpoint();
  }

  /** The URL of the credentials. */
  URI credentials() {
    return URI.create("http://127.0.0.1:" + credentials.getAddress().getPort() + "/credentials");
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  /** From now on answers no calls, or answers them again. */
  void cut(boolean cut) {
    this.cut = cut;
  }

  /** From now on provides credentials with another access key. */
  void rotateCredentials(String accessKey) {
    this.accessKey = accessKey;
  }

  private void sendCredentials(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body =
          """
          {"AccessKeyId":"%s","SecretAccessKey":"secret","Token":"token",\
          "Expiration":"2100-01-01T00:00:00Z"}"""
              .formatted(accessKey)
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    proxy.close();
    credentials.stop(0);
  }
}
