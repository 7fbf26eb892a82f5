package com.visitorcount.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.visitorcount.web.WebFile;
import com.visitorcount.web.WebFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A web site with a few pages, under as many host names as a test needs, and the files of the
 * module web. A page that drives itself signals what happened by requesting {@code /signal/name},
 * and waits for a signal by requesting {@code /await/name}.
 */
final class Site implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LoopbackServer server = LoopbackServer.allAtOnce(this::handle);
  private final WebFiles files = new WebFiles();
  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final Map<String, Path> modules = new ConcurrentHashMap<>();
  private final Map<String, String> copies = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> signals = new ConcurrentHashMap<>();

  private volatile @Nullable String notFound;

  /** URL of a path on the host that most tests use. */
  String url(String path) {
    return url("site.test", path);
  }

  String url(String host, String path) {
    return server.url(host) + path.substring(1);
  }

  /** Adds a page and returns its URL. */
  String page(String path, String... lines) {
    pages.put(path, "<!doctype html><meta charset=utf-8>\n" + String.join("\n", lines));
    return url(path);
  }

  /** Sets what is shown for missing pages. */
  void notFound(String... lines) {
    notFound = "<!doctype html><meta charset=utf-8>\n" + String.join("\n", lines);
  }

  /** Adds a script from this machine and returns its URL. */
  String module(String path, Path file) {
    modules.put(path, file);
    return url(path);
  }

  /** Gives a file of the module web another name, as an owner may. */
  void copy(String path, String name) {
    copies.put(name, path);
  }

  /** The tag of the tracker. */
  String tracker(Collector collector, String attributes) {
    return script("/v.js", "data-api='" + collector.url() + "' " + attributes);
  }

  /** The tag of a script of the module web. */
  String script(String path, String attributes) {
    return "<script defer src='" + url(path) + "' " + attributes + "></script>";
  }

  void signal(String name) {
    latch(name).countDown();
  }

  /** Whether a signal was given. */
  boolean signalled(String name) {
    return latch(name).getCount() == 0;
  }

  /** Waits for a signal, and returns whether it came. */
  boolean await(String name) {
    try {
      return latch(name).await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private CountDownLatch latch(String name) {
    return signals.computeIfAbsent(name, any -> new CountDownLatch(1));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    WebFile file = files.find(copies.getOrDefault(path, path));
    String page = pages.get(path);
    if (file != null) {
      answer(exchange, 200, file.contentType(), file.plain());
    } else if (page != null) {
      answer(exchange, 200, "text/html", page.getBytes(UTF_8));
    } else if (modules.containsKey(path)) {
      answer(exchange, 200, "text/javascript", Files.readAllBytes(modules.get(path)));
    } else if (path.startsWith("/signal/")) {
      signal(path.substring("/signal/".length()));
      answer(exchange, 204, "text/plain", new byte[0]);
    } else if (path.startsWith("/await/")) {
      boolean came = await(path.substring("/await/".length()));
      answer(exchange, came ? 204 : 504, "text/plain", new byte[0]);
    } else {
      // browsers request an icon, and report if it is missing
      boolean icon = path.equals("/favicon.ico");
      byte[] body = icon || notFound == null ? new byte[0] : notFound.getBytes(UTF_8);
      answer(exchange, icon ? 204 : 404, "text/html", body);
    }
  }

  private static void answer(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    LoopbackServer.answer(exchange, status, Map.of("content-type", type), body);
  }

  @Override
  public void close() {
    server.close();
  }
}
