package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.counter.Writers;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.PartCodec;
import com.visitorcount.local.Disturbance;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Three days of eight thousand views over HTTP, through the real functions, stream and tables,
 * while answers are lost, batches come twice and functions are interrupted.
 */
final class HistoryOverHttpTest {
  private static final int VIEWS = 8_000;
  private static final int HOURS = 72;
  private static final int WRITERS = 12;
  private static final int PAGES = 80;
  private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");
  private static final String USER_AGENT =
      "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0 Marker-%d";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final MovableClock clock = MovableClock.at(START);
  private final Disturbance disturbance = new Disturbance();

  /** Salts and tokens, in each form in which they could be written. */
  private final List<String> secrets = new ArrayList<>();

  @Test
  void history_ofManyViewsUnderFaults_addsUpForEveryPage() throws Exception {
    PrintStream stdout = System.out;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setOut(new PrintStream(log, true, UTF_8));
    try {
      countAndVerify();
    } finally {
      System.setOut(stdout);
    }
    assertThat(log.toString(UTF_8))
        .contains("\"ViewsRolledUp\"")
        .doesNotContain("198.51.100.", "Marker", "Mozilla")
        .doesNotContain(secrets);
    System.out.printf(
        Locale.ROOT,
        "%d views, %d pages, %d disturbances: rows + lost + before = counter for every page, lost"
            + " 0; %d log lines tell nothing of anybody%n",
        VIEWS,
        PAGES,
        disturbance.count(),
        log.toString(UTF_8).lines().count());
  }

  private void countAndVerify() throws Exception {
    Map<String, Integer> truth = new TreeMap<>();
    try (LocalStack stack = TestStack.start(Map.of("TrustedIpHeader", "X-Real-Ip"), clock)) {
      stack.runner().disturb("RollupFunction", invoker -> disturbance.of(invoker, 1));
      stack.runner().disturb("CompactFunction", invoker -> disturbance.of(invoker, 2));
      view(stack, "warm-up", "warm-up", 0);
      Random random = new Random(3);
      for (int hour = 0; hour < HOURS; hour++) {
        clock.set(START.plus(Duration.ofHours(hour)).plusSeconds(random.nextInt(3_000)));
        post(stack, random, VIEWS * (hour + 1) / HOURS - VIEWS * hour / HOURS, truth);
        if (random.nextInt(3) > 0) {
          stack.runner().settle();
        }
        if (random.nextInt(3) > 0) {
          strike(stack);
        }
      }
      stack.runner().settle();
      learnSecrets(stack);
      clock.move(Duration.ofDays(3));
      for (int hour = 0; hour < 8; hour++) {
        clock.move(Duration.ofHours(1));
        strike(stack);
      }

      assertThat(truth.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(VIEWS);
      for (Map.Entry<String, Integer> page : truth.entrySet()) {
        assertThatHistoryAddsUp(stack, page.getKey(), page.getValue());
      }
      assertThat(stack.verification().lines())
          .hasSize(PAGES + 2)
          .contains("VERIFIED pages=%d difference=0".formatted(PAGES + 1))
          .allMatch(line -> line.contains("difference=0 ") || line.startsWith("VERIFIED"));
      assertThat(disturbance.count()).isGreaterThan(20);
      assertThat(stack.runner().failedBatches()).isEmpty();

      clock.move(Duration.ofDays(8));
      stack.runner().expire();
      assertThatNobodyIsLeftInTheTables(stack);
    }
  }

  @Test
  void view_isInHistoryAFewSecondsAfterItsWindow() throws Exception {
    try (LocalStack stack =
        TestStack.start(Map.of("HistoryDelaySeconds", "2"), Clock.systemUTC())) {
      view(stack, "fresh.example/", "v1", 1);
      long start = System.nanoTime();
      while (account(stack, "fresh.example/").path("rows").asInt() == 0) {
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(1));
      }
      System.out.printf(
          Locale.ROOT,
          "in history %.1f s after the view, with a window of 2 s%n",
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static void strike(LocalStack stack) {
    try {
      stack.runner().runSchedules();
    } catch (IllegalStateException e) {
      // disturbed: the next hour does the rest
    }
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
            .header("X-Real-Ip", ip(visitor))
            .POST(BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String ip(int visitor) {
    return "198.51.100.%d".formatted(visitor % 250);
  }

  private void assertThatHistoryAddsUp(LocalStack stack, String page, int views) throws Exception {
    JsonNode account = account(stack, page);

    assertThat(account.path("counter").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("rows").asInt()).as(account.toString()).isEqualTo(views);
    assertThat(account.path("lost").asInt(-1)).as(account.toString()).isZero();
    assertThat(account.path("before_history").asInt(-1)).as(account.toString()).isZero();
    assertThat(account.path("adds_up").asBoolean()).as(account.toString()).isTrue();
  }

  private JsonNode account(LocalStack stack, String page) throws IOException, InterruptedException {
    String query = "page=" + URLEncoder.encode(page, UTF_8);
    URI address = stack.read().resolve("/api/v1/verify?" + query);
    HttpRequest request = HttpRequest.newBuilder(address).build();
    return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private void learnSecrets(LocalStack stack) {
    try (DynamoDbClient client = client(stack)) {
      for (Map<String, AttributeValue> item : items(client, "VisitorCount")) {
        SdkBytes secret =
            item.containsKey("salt") ? item.get("salt").b() : item.get("last").m().get("v").b();
        secrets.add(HexFormat.of().formatHex(secret.asByteArray()));
        secrets.add(Base64.getEncoder().encodeToString(secret.asByteArray()));
        secrets.add(secret.asString(ISO_8859_1));
      }
    }
    assertThat(secrets).hasSizeGreaterThan(3 * PAGES);
  }

  /**
   * No address, user agent or salt, and no token except that of each page's latest view in its
   * counter; the salt of its day is gone.
   */
  private void assertThatNobodyIsLeftInTheTables(LocalStack stack) {
    try (DynamoDbClient client = client(stack)) {
      for (Map<String, AttributeValue> item : items(client, "VisitorCount")) {
        assertThat(item.get("id").s()).doesNotStartWith("#salt");
        assertThat(item.toString()).doesNotContain("198.51.100.", "Marker", "Mozilla");
      }
      StringBuilder history = new StringBuilder();
      for (Map<String, AttributeValue> item : items(client, "VisitorHistory")) {
        assertThat(item.get("sk").s()).doesNotStartWith("c#").doesNotStartWith("h#");
        history.append(item);
        if (item.get("sk").s().startsWith("d#")) {
          history.append(
              PartCodec.decode(Map.of(Group.VISITS, item.get("z").b().asByteArray())).toRows(0));
        }
      }
      assertThat(history)
          .contains("s#2026-11-21", "site-1.example", "letter-2", "Firefox")
          .doesNotContain("198.51.100.", "Marker", "Mozilla")
          .doesNotContain(secrets);
    }
  }

  private static DynamoDbClient client(LocalStack stack) {
    return DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build();
  }

  private static List<Map<String, AttributeValue>> items(DynamoDbClient client, String table) {
    return client.scanPaginator(request -> request.tableName(table)).items().stream().toList();
  }
}
