package com.visitorcount.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Where the browser sends views: the network in front of the real increment function, on its own
 * origin. It records what passes, and can fail like a network.
 */
final class Collector implements AutoCloseable {
  /** Page of a view that is not recorded: it shows that everything sent before has arrived. */
  static final String SENTINEL = "sentinel";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LOST = 0;
  private static final int PASSES = -1;
  private static final Set<String> FORWARDED =
      Set.of(
          "origin",
          "content-type",
          "user-agent",
          "access-control-request-method",
          "access-control-request-headers");

  private record Answer(int status, Map<String, String> headers, String body) {}

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI increment;
  private final LoopbackServer server = LoopbackServer.oneByOne(this::handle);
  private final List<View> requests = new ArrayList<>();
  private final Set<String> answered = new HashSet<>();
  private final List<String> preflights = new ArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private BiConsumer<String, Integer> listener = (what, times) -> {};
  private IntPredicate fails = number -> false;
  private int failure;
  private boolean holding;

  /**
   * @param increment the function's URL
   */
  Collector(URI increment) {
    this.increment = increment;
  }

  /** The URL to send views to. */
  String url() {
    return server.url("count.test");
  }

  /** Reports each counted view: what was viewed, and how often so far. */
  void onView(BiConsumer<String, Integer> newListener) {
    listener = newListener;
  }

  /** From now on answers the requests with these numbers, from 1, with a status. */
  synchronized void failWith(int status, IntPredicate numbers) {
    failure = status;
    fails = numbers;
  }

  /** From now on counts, but closes the connection instead of answering. */
  void loseAnswers(IntPredicate numbers) {
    failWith(LOST, numbers);
  }

  /** From now on holds each answer back until {@link #release()}. */
  synchronized void hold() {
    holding = true;
  }

  /** Sends the answers that were held back. */
  synchronized void release() {
    holding = false;
    held.forEach(Runnable::run);
  }

  /** All requests in order of arrival, including repeats of views. */
  synchronized List<View> requests() {
    return List.copyOf(requests);
  }

  /** The counted views: each id once, in order of arrival. */
  synchronized List<View> views() {
    Map<String, View> views = new LinkedHashMap<>();
    requests.forEach(view -> views.putIfAbsent(view.id(), view));
    return List.copyOf(views.values());
  }

  /** What was viewed, in order of arrival. */
  List<String> viewed() {
    return views().stream().map(View::what).toList();
  }

  /** The preflights that browsers send ahead of requests that are not simple. */
  synchronized List<String> preflights() {
    return List.copyOf(preflights);
  }

  /** Waits until this many views have been answered. */
  synchronized void awaitAnswered(int count) {
    await(() -> answered.size() >= count, count + " views answered");
  }

  /** Waits until this many requests have arrived, and returns them. */
  synchronized List<View> awaitRequests(int count) {
    await(() -> requests.size() >= count, count + " requests");
    return requests();
  }

  private void await(BooleanSupplier condition, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError("No " + what + " in " + PATIENCE + ", only " + requests);
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting for " + what, e);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("OPTIONS")) {
      synchronized (this) {
        preflights.add(String.valueOf(exchange.getRequestHeaders().getFirst("origin")));
      }
      answer(exchange, forward(exchange, body));
      return;
    }
    View view = read(exchange, body);
    if (SENTINEL.equals(view.text("page"))) {
      answer(exchange, forward(exchange, body));
      return;
    }
    Runnable send = pass(view, exchange, body);
    synchronized (this) {
      if (holding) {
        held.add(send);
        return;
      }
    }
    send.run();
  }

  /** Answers with what the function returns or the network makes of it, then calls the listener. */
  private Runnable pass(View view, HttpExchange exchange, byte[] body) throws IOException {
    boolean known;
    int status;
    int times;
    synchronized (this) {
      known = views().stream().anyMatch(other -> other.id().equals(view.id()));
      requests.add(view);
      status = fails.test(requests.size()) ? failure : PASSES;
      times = Collections.frequency(viewed(), view.what());
      notifyAll();
    }
    Answer answer = answer(status, exchange, body);
    // if it were called earlier, a page could leave while its request is still in progress
    return () -> {
      answer(exchange, view, answer);
      if (!known) {
        listener.accept(view.what(), times);
      }
    };
  }

  private Answer answer(int status, HttpExchange exchange, byte[] body) throws IOException {
    if (status != PASSES && status != LOST) {
      return new Answer(status, Map.of("access-control-allow-origin", "*"), "{}");
    }
    Answer answer = forward(exchange, body);
    return status == LOST ? new Answer(LOST, Map.of(), "") : answer;
  }

  private Answer forward(HttpExchange exchange, byte[] body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(increment)
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                request.header(name, values.get(0));
              }
            });
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      Map<String, String> headers = new HashMap<>();
      response
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!name.equals("content-length")) {
                  headers.put(name, String.join(",", values));
                }
              });
      return new Answer(response.statusCode(), headers, response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private void answer(HttpExchange exchange, View view, Answer answer) {
    if (answer.status == LOST) {
      exchange.close();
      return;
    }
    answer(exchange, answer);
    synchronized (this) {
      answered.add(view.id());
      notifyAll();
    }
  }

  private static void answer(HttpExchange exchange, Answer answer) {
    Map<String, String> headers = new HashMap<>(answer.headers);
    // on a reused connection, the browser itself repeats lost requests
    headers.put("connection", "close");
    try {
      LoopbackServer.answer(exchange, answer.status, headers, answer.body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private View read(HttpExchange exchange, byte[] body) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new View(exchange.getRequestURI().getPath(), headers, json.readTree(body));
  }

  @Override
  public void close() {
    server.close();
  }
}
