package com.visitorcount.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the browser reads counts: on its own origin, with answers like the read function's. */
final class Counts implements AutoCloseable {
  private final LoopbackServer server = LoopbackServer.oneByOne(this::handle);
  private final Map<String, String> digits = new ConcurrentHashMap<>();
  private final List<List<String>> asked = new ArrayList<>();
  private @Nullable String failure;
  private int status = 200;

  String url() {
    return server.url("read.test");
  }

  /** Sets the count of a page; that of any other is 0. */
  void set(String page, String count) {
    digits.put(page, count);
  }

  /** From now on answers this instead of counts. */
  synchronized void failWith(int newStatus, String body) {
    status = newStatus;
    failure = body;
  }

  /** The pages of each request. */
  synchronized List<List<String>> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    List<String> pages =
        Stream.of(exchange.getRequestURI().getRawQuery().split("&"))
            .map(parameter -> parameter.substring("page=".length()))
            .map(value -> URLDecoder.decode(value, UTF_8))
            .toList();
    String body;
    synchronized (this) {
      asked.add(pages);
      body = failure == null ? counts(pages) : failure;
    }
    Map<String, String> headers =
        Map.of("access-control-allow-origin", "*", "content-type", "application/json");
    LoopbackServer.answer(exchange, status, headers, body.getBytes(UTF_8));
  }

  private String counts(List<String> pages) {
    if (pages.size() == 1) {
      return "{\"page\":" + json(pages.get(0)) + ",\"count\":" + count(pages.get(0)) + "}";
    }
    return pages.stream()
        .distinct()
        .map(page -> json(page) + ":" + count(page))
        .collect(joining(",", "{\"counts\":{", "}}"));
  }

  private String count(String page) {
    return digits.getOrDefault(page, "0");
  }

  private static String json(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  @Override
  public void close() {
    server.close();
  }
}
