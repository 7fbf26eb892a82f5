package com.visitorcount.local.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.local.soak.Answers.Asked;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Clients that send one request after another, as fast as they are answered. A view is repeated
 * with the same id until it is acknowledged, through faults and kills.
 */
final class Traffic {
  /** Part of every user agent, and of nothing that the product may write. */
  static final String MARK = "Marked";

  /** The beginning of every address, and of nothing that the product may write. */
  static final String ADDRESS = "10.77.";

  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0 " + MARK + "/%d";
  private static final String BOT = MARK + "bot/1.0 (+https://bot.example)";
  private static final int VISITORS = 5_000;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int TRIES = 2_000;
  private static final int PAUSE_MILLIS = 50;

  /** The value in every message about engagement, so that every mean equals it. */
  static final int ENGAGED_SECONDS = 30;

  static final int SCROLL_PERCENT = 60;
  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

  /** Retry later: DynamoDB or the function is in trouble. */
  private static final Set<Integer> LATER = Set.of(429, 503);

  private static final List<String> STATISTICS =
      List.of(
          "aggregate?period=7d&metrics=visitors,visits,pageviews,bounce_rate,visit_duration&site_id=",
          "timeseries?period=7d&metrics=visitors,pageviews&site_id=",
          "timeseries?period=day&interval=hour&site_id=",
          "breakdown?property=event:page&period=30d&limit=20&site_id=",
          "breakdown?property=visit:source,visit:country,visit:browser&period=7d&site_id=",
          "breakdown?property=event:goal&period=7d&metrics=visitors,events,conversion_rate&site_id=",
          "breakdown?property=event:props:plan&filters=event:goal%3D%3Dsignup&period=7d&site_id=",
          "aggregate?period=day&filters=visit:browser%3D%3DFirefox&format=csv&site_id=",
          "realtime/visitors?site_id=",
          "realtime?site_id=");
  private static final List<String> FILES =
      List.of("v.js", "visitor-count.js", "dashboard/", "dashboard/dashboard.css");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final Ledger ledger;
  private final Door<Product> door;
  private final Answers answers = new Answers();
  private final AtomicLong ids = new AtomicLong();
  private final AtomicInteger imageLoads = new AtomicInteger();
  private final AtomicLong copies = new AtomicLong();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean over;

  /**
   * @param door the product, when it is running
   */
  Traffic(Ledger ledger, Door<Product> door) {
    this.ledger = ledger;
    this.door = door;
  }

  void start(int writers) {
    for (int i = 0; i < writers; i++) {
      SplittableRandom random = new SplittableRandom(i);
      Thread client = new Thread(() -> run(random), "client-" + i);
      client.setDaemon(true);
      clients.add(client);
      client.start();
    }
  }

  /** Returns when every view that was started has been acknowledged. */
  void stop() throws InterruptedException {
    over = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  Answers answers() {
    return answers;
  }

  /** How often an acknowledged view was sent again, or a view was sent twice at once. */
  long copies() {
    return copies.get();
  }

  private void run(SplittableRandom random) {
    while (!over) {
      try {
        ask(random);
      } catch (RuntimeException e) {
        answers.fault("a client failed: " + e);
      }
    }
  }

  private void ask(SplittableRandom random) {
    int kind = random.nextInt(1_000);
    if (kind < 570) {
      view(ledger.promised(random), random);
    } else if (kind < 620) {
      view(ledger.event(random), random);
    } else if (kind < 650) {
      view(ledger.crowded(), random);
    } else if (kind < 680) {
      image(random);
    } else if (kind < 710) {
      bot(random);
    } else if (kind < 900) {
      count(random);
    } else if (kind < 940) {
      String page = encoded(ledger.promised(random).page());
      get(Asked.BADGE, at -> at.read().resolve("/badge.svg?page=" + page), random);
    } else if (kind < 945) {
      statistics(random);
    } else if (kind < 950) {
      PageAccount account = random.nextBoolean() ? ledger.event(random) : ledger.promised(random);
      String page = encoded(account.page());
      get(Asked.VERIFY, at -> at.read().resolve("/api/v1/verify?page=" + page), random);
    } else if (kind < 970) {
      String file = FILES.get(random.nextInt(FILES.size()));
      get(Asked.FILE, at -> at.read().resolve("/" + file), random);
    } else {
      wrong(random);
    }
  }

  private void view(PageAccount page, SplittableRandom random) {
    OptionalLong begun = page.begin();
    if (begun.isEmpty()) {
      // it will have its turn; meanwhile there are other pages
      return;
    }
    long before = page.acknowledged();
    String id = "view-" + ids.incrementAndGet();
    int visitor = random.nextInt(VISITORS);
    Function<Product, HttpRequest> request =
        posted(visitor, viewOrEvent(page.page(), id, visitor, random));
    List<CompletableFuture<?>> twins = new ArrayList<>();
    if (random.nextInt(100) < 4) {
      copies.incrementAndGet();
      twins.add(
          http.sendAsync(request.apply(door.await()), BodyHandlers.discarding())
              .exceptionally(e -> null));
    }
    String answer = untilAcknowledged(request);
    if (random.nextInt(100) < 4) {
      for (int again = 0; again <= random.nextInt(2); again++) {
        copies.incrementAndGet();
        send(Asked.VIEW_AGAIN, request, 200);
      }
    }
    try {
      twins.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new IllegalStateException(e);
    }
    if (answer == null) {
      answers.fault(page.page() + ": a view is not acknowledged however often it is sent");
      page.giveUp(begun.getAsLong());
      return;
    }
    page.acknowledge(begun.getAsLong());
    requireAtLeast(before + 1, answer, page);
    if (page.page().contains("/") && random.nextInt(20) == 0) {
      engage(page.page(), visitor, random);
    }
  }

  /** May be lost, arrive twice, or be about yesterday's view: their number is not checked. */
  private void engage(String page, int visitor, SplittableRandom random) {
    String body =
        "{\"url\":\"https://%s\",\"engaged\":%d,\"scroll\":%d}"
            .formatted(page, 1_000 * ENGAGED_SECONDS, SCROLL_PERCENT);
    for (int times = random.nextInt(2); times >= 0; times--) {
      send(Asked.ENGAGEMENT, posted(visitor, body), 200);
    }
  }

  private @Nullable String untilAcknowledged(Function<Product, HttpRequest> request) {
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      HttpResponse<String> response =
          send(attempt == 1 ? Asked.VIEW : Asked.VIEW_AGAIN, request, 200);
      if (response != null && response.statusCode() == 200) {
        if (attempt > 1) {
          answers.resolved();
        }
        return response.body();
      }
      pause();
    }
    return null;
  }

  private static String viewOrEvent(String page, String id, int visitor, SplittableRandom random) {
    int mark = page.indexOf('!');
    if (mark >= 0) {
      return """
      {"event":"%s","url":"https://%s/p/0","id":"%s","props":{"plan":"plan-%d"},"interactive":%b}"""
          .formatted(
              page.substring(mark + 1), page.substring(0, mark), id, visitor % 3, visitor % 2 == 0);
    }
    String referrer = random.nextInt(3) == 0 ? "https://news.example/" : "";
    return page.contains("/")
        ? """
          {"url":"https://%s?utm_source=letter-%d","id":"%s","referrer":"%s",\
          "tz":"Europe/Berlin","w":5}"""
            .formatted(page, visitor % 3, id, referrer)
        : "{\"page\":\"%s\",\"id\":\"%s\"}".formatted(page, id);
  }

  private static Function<Product, HttpRequest> posted(int visitor, String body) {
    return at ->
        by(visitor, HttpRequest.newBuilder(at.increment()))
            .header("Content-Type", "text/plain;charset=UTF-8")
            .POST(BodyPublishers.ofString(body))
            .build();
  }

  /** Each load is by another visitor, so that none is taken for a repeat. */
  private void image(SplittableRandom random) {
    PageAccount page = ledger.image(random);
    long begun = page.begin().orElseThrow();
    int load = VISITORS + imageLoads.getAndIncrement();
    String path = (random.nextBoolean() ? "/hit.svg" : "/hit.gif") + "?page=" + page.page();
    HttpResponse<String> response =
        send(
            Asked.IMAGE,
            at -> by(load, HttpRequest.newBuilder(at.increment().resolve(path))).build(),
            200);
    boolean problem =
        response != null && response.headers().firstValue("visitorcount-problem").isPresent();
    if (problem) {
      answers.unavailable();
    }
    if (response != null && response.statusCode() == 200 && !problem) {
      page.acknowledge(begun);
    } else {
      page.giveUp(begun);
    }
  }

  private void bot(SplittableRandom random) {
    String body =
        "{\"url\":\"https://%s\",\"id\":\"bot-%d\"}"
            .formatted("site-0.example/p/0", ids.incrementAndGet());
    send(
        Asked.BOT,
        at ->
            HttpRequest.newBuilder(at.increment())
                .header("User-Agent", BOT)
                .header("X-Real-Ip", address(random.nextInt(VISITORS)))
                .POST(BodyPublishers.ofString(body))
                .build(),
        202);
  }

  private void count(SplittableRandom random) {
    PageAccount page = ledger.promised(random);
    long before = page.acknowledged();
    HttpResponse<String> response =
        get(Asked.COUNT, at -> at.read().resolve("/?page=" + encoded(page.page())), random);
    if (response != null && response.statusCode() == 200) {
      long count = requireAtLeast(before, response.body(), page);
      if (count > page.begun()) {
        answers.fault(
            "%s reads %d with %d views begun".formatted(page.page(), count, page.begun()));
      }
    }
  }

  private void statistics(SplittableRandom random) {
    String question = STATISTICS.get(random.nextInt(STATISTICS.size()));
    String page = ledger.promised(random).page();
    String site = page.contains("/") ? page.substring(0, page.indexOf('/')) : "default";
    get(Asked.STATISTICS, at -> at.read().resolve("/api/v1/stats/" + question + site), random);
  }

  private void wrong(SplittableRandom random) {
    switch (random.nextInt(6)) {
      case 0 -> wrongBody("{\"page\":", 400, random);
      case 1 -> wrongBody("{\"page\":\"" + "a".repeat(600) + "\"}", 400, random);
      case 2 -> wrongBody(" ".repeat(9_000), 413, random);
      case 3 -> wrongBody("{\"page\":\"a\",\"id\":\"" + "b".repeat(65) + "\"}", 400, random);
      case 4 -> wrongPath(at -> at.increment().resolve("/nowhere"), 404, random);
      default -> wrongPath(at -> at.read().resolve("/api/v1/stats/aggregate"), 400, random);
    }
  }

  private void wrongBody(String body, int status, SplittableRandom random) {
    int visitor = random.nextInt(VISITORS);
    send(
        Asked.WRONG,
        at ->
            by(visitor, HttpRequest.newBuilder(at.increment()))
                .POST(BodyPublishers.ofString(body))
                .build(),
        status);
  }

  private void wrongPath(Function<Product, URI> uri, int status, SplittableRandom random) {
    int visitor = random.nextInt(VISITORS);
    send(Asked.WRONG, at -> by(visitor, HttpRequest.newBuilder(uri.apply(at))).build(), status);
  }

  private @Nullable HttpResponse<String> get(
      Asked asked, Function<Product, URI> uri, SplittableRandom random) {
    int visitor = random.nextInt(VISITORS);
    return send(asked, at -> by(visitor, HttpRequest.newBuilder(uri.apply(at))).build(), 200);
  }

  /** Sends a request once, and reports unexpected answers. Null: no answer. */
  private @Nullable HttpResponse<String> send(
      Asked asked, Function<Product, HttpRequest> request, int expected) {
    HttpRequest built = request.apply(door.await());
    long start = System.nanoTime();
    try {
      HttpResponse<String> response = http.send(built, BodyHandlers.ofString());
      answers.answered(asked, System.nanoTime() - start);
      if (LATER.contains(response.statusCode())) {
        answers.unavailable();
      } else if (response.statusCode() != expected) {
        answers.fault(
            "%s %s: %d instead of %d: %s"
                .formatted(
                    built.method(),
                    built.uri().getRawPath(),
                    response.statusCode(),
                    expected,
                    response.body()));
      }
      return response;
    } catch (IOException e) {
      answers.unanswered();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpRequest.Builder by(int visitor, HttpRequest.Builder request) {
    return request
        .timeout(TIMEOUT)
        .header("User-Agent", USER_AGENT.formatted(visitor))
        .header("X-Real-Ip", address(visitor));
  }

  private static String address(int visitor) {
    return ADDRESS + (visitor >> 8 & 255) + "." + (visitor & 255);
  }

  private long requireAtLeast(long least, String answer, PageAccount page) {
    Matcher count = COUNT.matcher(answer);
    long counted = count.find() ? Long.parseLong(count.group(1)) : -1;
    if (counted < least) {
      answers.fault(
          "%s answers %s with %d views acknowledged".formatted(page.page(), answer, least));
    }
    return counted;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
