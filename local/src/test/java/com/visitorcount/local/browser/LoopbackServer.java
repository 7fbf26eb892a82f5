package com.visitorcount.local.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A small HTTP server on a free port of 127.0.0.1. */
public final class LoopbackServer implements AutoCloseable {
  static {
    // otherwise the server waits 40 ms between the headers of an answer and its body
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;

  /** A server that answers requests one by one, in order of arrival. */
  public static LoopbackServer oneByOne(HttpHandler handler) {
    return new LoopbackServer(Executors.newSingleThreadExecutor(LoopbackServer::thread), handler);
  }

  /** A server whose answers may wait for other requests. */
  public static LoopbackServer allAtOnce(HttpHandler handler) {
    return new LoopbackServer(Executors.newCachedThreadPool(LoopbackServer::thread), handler);
  }

  private LoopbackServer(ExecutorService threads, HttpHandler handler) {
    this.threads = threads;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "loopback-server");
    thread.setDaemon(true);
    return thread;
  }

  /** URL of the server's root, with a trailing slash, under one of its names. */
  public String url(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  /** Answers with a body and its length. */
  public static void answer(
      HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
      throws IOException {
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
