package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.counter.Writers;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.local.clock.MovableClock;
import com.visitorcount.local.function.Invoker;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Three days of twenty thousand views over HTTP, by way of the real functions, stream and tables,
 * while answers are lost, batches come twice and functions are cut off.
 */
final class HistoryOverHttpTest {
  private static final int VIEWS = 20_000;
  private static final int HOURS = 72;
  private static final int WRITERS = 12;
  private static final int PAGES = 200;
  private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0 Marker-%d";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final MovableClock clock = MovableClock.at(START);
  private final AtomicInteger disturbed = new AtomicInteger();

  @Test
  void history_ofManyViewsUnderFaults_addsUpForEveryPage() throws Exception {
    Map<String, Integer> truth = new TreeMap<>();
    try (LocalStack stack =
        TestStack.start(Map.of("TrustedIpHeader", "X-Forwarded-For"), clock)) {
      stack.disturb("RollupFunction", invoker -> disturbance(invoker, new Random(1)));
      stack.disturb("CompactFunction", invoker -> disturbance(invoker, new Random(2)));
      view(stack, "warm-up", "warm-up", 0);
      Random random = new Random(3);
      for (int hour = 0; hour < HOURS; hour++) {
        clock.set(START.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(3_000)));
        post(stack, random, VIEWS * (hour + 1) / HOURS - VIEWS * hour / HOURS, truth);
        if (random.nextInt(3) > 0) {
          stack.settle();
        }
        if (random.nextInt(3) > 0) {
          stack.compactNow();
        }
      }
      stack.settle();
      clock.move(Duration.ofDays(3));
      for (int hour = 0; hour < 4; hour++) {
        clock.move(Duration.ofHours(1));
        stack.compactNow();
      }

      assertThat(truth.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(VIEWS);
      for (Map.Entry<String, Integer> page : truth.entrySet()) {
        assertThatHistoryAddsUp(stack, page.getKey(), page.getValue());
      }
      assertThat(disturbed).hasValueGreaterThan(20);
      assertThat(stack.failedBatches()).isEmpty();

      clock.move(Duration.ofDays(8));
      stack.expire();
      assertThatNobodyIsLeftInTheTables(stack);
    }
    System.out.printf(
        Locale.ROOT,
        "%d views, %d pages, %d disturbances: rows + lost + before = counter for every page, lost 0%n",
        VIEWS,
        truth.size(),
        disturbed.get());
  }

  /** One answer in ten is lost, one call in ten is made twice, one in ten is not made at all. */
  private Invoker disturbance(Invoker invoker, Random random) {
    return event -> {
      int fate;
      synchronized (random) {
        fate = random.nextInt(10);
      }
      if (fate < 3) {
        disturbed.incrementAndGet();
      }
      if (fate == 0) {
        throw new IllegalStateException("not invoked");
      }
      byte[] answer = invoker.invoke(event);
      if (fate == 1) {
        throw new IllegalStateException("answer lost");
      }
      return fate == 2 ? invoker.invoke(event) : answer;
    };
  }

  private void post(LocalStack stack, Random random, int views, Map<String, Integer> truth)
      throws Exception {
    List<Callable<Integer>> posts = new ArrayList<>();
    for (int i = 0; i < views; i++) {
      String page = "site-%d.example/p%d".formatted(random.nextInt(2), random.nextInt(PAGES / 2));
      String id = Long.toHexString(random.nextLong());
      int visitor = random.nextInt(500);
      truth.merge(page, 1, Integer::sum);
      posts.add(() -> view(stack, page, id, visitor));
      if (random.nextInt(20) == 0) {
        posts.add(() -> view(stack, page, id, visitor));
      }
    }
    assertThat(Writers.run(WRITERS, posts)).containsOnly(200);
  }

  private int view(LocalStack stack, String page, String id, int visitor)
      throws IOException, InterruptedException {
    String body =
        """
        {"url":"https://%s?utm_source=letter-%d","id":"%s","referrer":"https://news.example/",\
        "tz":"Europe/Berlin","w":5}"""
            .formatted(page, visitor % 3, id);
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", USER_AGENT.formatted(visitor))
            .header("X-Forwarded-For", ip(visitor))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String ip(int visitor) {
    return "198.51.100.%d".formatted(visitor % 250);
  }

  private void assertThatHistoryAddsUp(LocalStack stack, String page, int views) throws Exception {
    URI address =
        stack
            .read()
            .resolve(
                "/api/v1/verify?page=" + URLEncoder.encode(page, StandardCharsets.UTF_8));
    JsonNode account =
        JSON.readTree(
            http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());

    assertThat(account.path("counter").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("rows").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("lost").asInt(-1)).as(account.toString()).isZero();
    assertThat(account.path("before_history").asInt(-1)).as(account.toString()).isZero();
    assertThat(account.path("adds_up").asBoolean()).as(account.toString()).isTrue();
  }

  /**
   * No address, user agent or salt, and no token but the one of each page's latest view, of whose
   * day the salt is gone.
   */
  private static void assertThatNobodyIsLeftInTheTables(LocalStack stack) {
    List<String> tokens = new ArrayList<>();
    try (DynamoDbClient client =
        DynamoDbClient.builder().endpointOverride(stack.dynamoDbEndpoint()).build()) {
      String history = "";
      for (Map<String, AttributeValue> item : items(client, "VisitorCount")) {
        assertThat(item.get("id").s()).doesNotStartWith("#salt");
        if (item.containsKey("last")) {
          tokens.add(item.get("last").m().get("v").b().asString(StandardCharsets.ISO_8859_1));
        }
        assertThat(item.toString()).doesNotContain("198.51.100.", "Marker", "Mozilla");
      }
      StringBuilder all = new StringBuilder();
      for (Map<String, AttributeValue> item : items(client, "VisitorHistory")) {
        assertThat(item.get("sk").s()).doesNotStartWith("c#").doesNotStartWith("h#");
        all.append(item);
        if (item.containsKey("z")) {
          all.append(item.get("z").b().asString(StandardCharsets.ISO_8859_1));
        }
      }
      history = all.toString();
      assertThat(history).doesNotContain("198.51.100.", "Marker", "Mozilla");
      assertThat(tokens).isNotEmpty().noneMatch(history::contains);
      assertThat(items(client, "VisitorHistory"))
          .anyMatch(item -> item.get("sk").s().startsWith("s#" + LocalDate.of(2026, 11, 21)));
    }
  }

  private static List<Map<String, AttributeValue>> items(DynamoDbClient client, String table) {
    return client.scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }
}
