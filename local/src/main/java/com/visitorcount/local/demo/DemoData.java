package com.visitorcount.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.url.UrlEvent;
import com.visitorcount.sam.url.UrlRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The last days of a made-up site, added as real views are: each is a request to the increment
 * function at its own time, and streams and schedules run in between.
 */
public final class DemoData {
  /** The made-up site. */
  public static final String SITE = DemoTraffic.SITE;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LANES = 6;
  private static final Set<Integer> RETRIED = Set.of(429, 503);
  private static final int MAX_ATTEMPTS = 10;
  private static final long MAX_PAUSE_SECONDS = 10;
  private static final Duration SPAN = Duration.ofHours(3);
  private static final String ORIGIN = "https://" + SITE;

  private final Invoker increment;
  private final Invoker read;
  private final Runnable often;
  private final Runnable daily;
  private final MovableClock clock;
  private final Consumer<Duration> pause;

  /**
   * @param increment the increment function
   * @param read the read function
   * @param often runs every few hours
   * @param daily runs after each day
   * @param clock shared by all of these
   */
  public DemoData(
      Invoker increment, Invoker read, Runnable often, Runnable daily, MovableClock clock) {
    this(increment, read, often, daily, clock, DemoData::sleep);
  }

  /**
   * @param pause waits before a request is sent again
   */
  DemoData(
      Invoker increment,
      Invoker read,
      Runnable often,
      Runnable daily,
      MovableClock clock,
      Consumer<Duration> pause) {
    this.increment = increment;
    this.read = read;
    this.often = often;
    this.daily = daily;
    this.clock = clock;
    this.pause = pause;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalException("Making up views was interrupted.");
    }
  }

  /**
   * Makes up the views of today and the days before, unless this was done before. Afterwards the
   * clock stands still at the time of the call.
   *
   * @param days including today
   * @return the number of views that were added
   * @throws LocalException if the increment function refuses the site
   */
  public int fill(int days) {
    Instant end = clock.instant();
    if (isFilled()) {
      return 0;
    }
    NavigableMap<Instant, List<DemoView>> spans = new TreeMap<>();
    List<DemoView> views = DemoTraffic.until(end, days);
    for (DemoView view : views) {
      spans.computeIfAbsent(endOfSpan(view.at()), span -> new ArrayList<>()).add(view);
    }
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      spans.forEach(
          (over, span) -> {
            clock.set(over.isBefore(end) ? over : end);
            countAll(span, lanes);
            often.run();
            if (isMidnight(over)) {
              daily.run();
            }
          });
    } finally {
      lanes.shutdown();
    }
    clock.set(end);
    daily.run();
    return views.size();
  }

  private static Instant endOfSpan(Instant moment) {
    long seconds = Math.floorDiv(moment.getEpochSecond(), SPAN.toSeconds()) * SPAN.toSeconds();
    return Instant.ofEpochSecond(seconds).plus(SPAN).minusMillis(1);
  }

  private static boolean isMidnight(Instant endOfSpan) {
    return endOfSpan.plusMillis(1).truncatedTo(ChronoUnit.DAYS).equals(endOfSpan.plusMillis(1));
  }

  /** Counts views in parallel, but those of one page in order. */
  private void countAll(List<DemoView> views, ExecutorService lanes) {
    Map<Integer, List<DemoView>> byLane =
        views.stream()
            .collect(Collectors.groupingBy(it -> Math.floorMod(it.page().hashCode(), LANES)));
    List<CompletableFuture<Void>> running =
        byLane.values().stream()
            .map(lane -> CompletableFuture.runAsync(() -> lane.forEach(this::count), lanes))
            .toList();
    try {
      running.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof LocalException cause ? cause : e;
    }
  }

  private boolean isFilled() {
    UrlRequest request = request("GET", "page=" + SITE + "/", "127.0.0.1", Map.of());
    byte[] event = UrlEvent.json(request, new byte[0], clock.instant());
    JsonNode answer = retried(() -> answer(read, event));
    if (answer.path("statusCode").asInt() != 200) {
      throw new LocalException(
          "The views of %s cannot be read: %s".formatted(SITE, answer.path("body").asText()));
    }
    return !parsed(answer.path("body").asText().getBytes(UTF_8)).path("count").asText().equals("0");
  }

  private void count(DemoView view) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("url", view.page() + view.query())
            .put("referrer", view.referrer())
            .put("id", view.id())
            .put("tz", view.visitor().timeZone());
    if (!view.event().isEmpty()) {
      body.put("event", view.event()).set("props", JSON.valueToTree(view.properties()));
    }
    Map<String, String> headers =
        Map.of(
            "content-type",
            "text/plain;charset=UTF-8",
            "origin",
            ORIGIN,
            "user-agent",
            view.visitor().userAgent());
    UrlRequest request = request("POST", "", view.visitor().ip(), headers);
    byte[] event = UrlEvent.json(request, body.toString().getBytes(UTF_8), view.at());
    JsonNode answer = retried(() -> clock.during(view.at(), () -> answer(increment, event)));
    if (answer.path("statusCode").asInt() != 200) {
      throw new LocalException(
          "The views of %s are not counted: %s".formatted(SITE, answer.path("body").asText()));
    }
  }

  /**
   * Retries as clients should: with the same id, after the time in Retry-After, and not forever.
   */
  private JsonNode retried(Supplier<JsonNode> request) {
    JsonNode answer = request.get();
    for (int attempt = 1;
        attempt < MAX_ATTEMPTS && RETRIED.contains(answer.path("statusCode").asInt());
        attempt++) {
      long seconds = answer.path("headers").path("retry-after").asLong(1);
      pause.accept(Duration.ofSeconds(Math.max(1, Math.min(seconds, MAX_PAUSE_SECONDS))));
      answer = request.get();
    }
    return answer;
  }

  private static UrlRequest request(
      String method, String query, String ip, Map<String, String> headers) {
    return new UrlRequest(method, "/", query, "HTTP/1.1", "127.0.0.1", 80, ip, headers, List.of());
  }

  private static JsonNode answer(Invoker function, byte[] event) {
    return parsed(function.invoke(event));
  }

  private static JsonNode parsed(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("A function answers with JSON", e);
    }
  }
}
