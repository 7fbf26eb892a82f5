package com.visitorcount.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DemoDataTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant END = Instant.parse("2026-11-25T17:30:00Z");
  private static final int DAYS = 4;
  private static final Invoker NOTHING_YET =
      event -> bytes("{\"statusCode\":200,\"body\":\"{\\\"count\\\":0}\"}");

  private final MovableClock clock = MovableClock.at(END);

  @Test
  void fill_throughTheRealFunctions_isHistoryThatAddsUp() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of(), clock)) {
      DemoData demo =
          new DemoData(
              event -> stack.runner().invoke("IncrementFunction", event),
              event -> stack.runner().invoke("ReadFunction", event),
              stack.runner()::settle,
              stack.runner()::runSchedules,
              clock);

      stack.runner().makeUp(true);
      int views = demo.fill(DAYS);
      stack.runner().makeUp(false);

      assertThat(views).isGreaterThan(200);
      JsonNode hours =
          read(stack, "/api/v1/stats/timeseries?site_id=demo.example&period=day&date=2026-11-24");
      assertThat(hours.get("results"))
          .as("hours in which somebody came")
          .filteredOn(hour -> hour.get("visitors").asInt() > 0)
          .hasSizeGreaterThan(12);
      JsonNode account = read(stack, "/api/v1/verify?page=demo.example/");
      assertThat(account.get("adds_up").asBoolean()).isTrue();
      assertThat(account.get("lost").asInt()).isZero();
      assertThat(account.get("rows").asInt()).isEqualTo(account.get("counter").asInt());
      assertThat(account.get("days")).hasSize(DAYS);
      assertThat(stack.runner().failedBatches()).isEmpty();
      assertThat(clock.instant()).isEqualTo(END);

      assertThat(demo.fill(DAYS)).isZero();
    }
  }

  @Test
  void fill_countsEachViewAtItsTime_andTheRestInBetween() {
    List<String> steps = new CopyOnWriteArrayList<>();
    List<Instant> days = new ArrayList<>();
    List<Instant> views = new CopyOnWriteArrayList<>();
    Invoker increment =
        event -> {
          views.add(clock.instant());
          steps.add("view");
          return bytes("{\"statusCode\":200,\"body\":\"{}\"}");
        };

    new DemoData(
            increment,
            event -> bytes("{\"statusCode\":200,\"body\":\"{\\\"count\\\":0}\"}"),
            () -> steps.add("often"),
            () -> days.add(clock.instant()),
            clock)
        .fill(DAYS);

    assertThat(views)
        .containsExactlyInAnyOrderElementsOf(
            DemoTraffic.until(END, DAYS).stream().map(DemoView::at).toList());
    assertThat(steps.get(steps.size() - 1)).isEqualTo("often");
    assertThat(days)
        .containsExactly(
            Instant.parse("2026-11-22T23:59:59.999Z"),
            Instant.parse("2026-11-23T23:59:59.999Z"),
            Instant.parse("2026-11-24T23:59:59.999Z"),
            END);
  }

  @Test
  void fill_ofASiteThatIsNotCounted_isOneSentence() {
    DemoData demo =
        new DemoData(
            event -> bytes("{\"statusCode\":403,\"body\":\"not this site\"}"),
            event -> bytes("{\"statusCode\":200,\"body\":\"{\\\"count\\\":0}\"}"),
            () -> {},
            () -> {},
            clock);

    assertThatThrownBy(() -> demo.fill(DAYS))
        .isInstanceOf(LocalException.class)
        .hasMessage("The views of demo.example are not counted: not this site");
  }

  /** Case C25. */
  @Test
  void fill_unavailableNowAndThen_asksAgainWithTheSameIdAfterTheTimeItIsTold() {
    Map<String, Integer> attempts = new ConcurrentHashMap<>();
    Set<Instant> moments = ConcurrentHashMap.newKeySet();
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    AtomicInteger counted = new AtomicInteger();
    Invoker increment =
        event -> {
          int attempt = attempts.merge(id(event), 1, Integer::sum);
          moments.add(clock.instant());
          if (attempt < 3) {
            return bytes(
                "{\"statusCode\":503,\"headers\":{\"retry-after\":\"2\"},\"body\":\"busy\"}");
          }
          counted.incrementAndGet();
          return bytes("{\"statusCode\":200,\"body\":\"{}\"}");
        };

    int views =
        new DemoData(increment, NOTHING_YET, () -> {}, () -> {}, clock, pauses::add).fill(DAYS);

    assertThat(counted).hasValue(views);
    assertThat(attempts).hasSize(views);
    assertThat(attempts.values()).containsOnly(3);
    assertThat(pauses).hasSize(2 * views).containsOnly(Duration.ofSeconds(2));
    assertThat(moments)
        .containsAll(DemoTraffic.until(END, DAYS).stream().map(DemoView::at).toList());
  }

  @Test
  void fill_unavailableForGood_endsInOneSentence() {
    List<Duration> pauses = new CopyOnWriteArrayList<>();
    DemoData demo =
        new DemoData(
            event -> bytes("{\"statusCode\":503,\"body\":\"busy\"}"),
            NOTHING_YET,
            () -> {},
            () -> {},
            clock,
            pauses::add);

    assertThatThrownBy(() -> demo.fill(DAYS))
        .isInstanceOf(LocalException.class)
        .hasMessage("The views of demo.example are not counted: busy");
    assertThat(pauses).hasSizeLessThan(100).contains(Duration.ofSeconds(1));
  }

  private static String id(byte[] event) {
    try {
      String body = JSON.readTree(event).path("body").asText();
      return JSON.readTree(body).path("id").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(LocalStack stack, String path) throws Exception {
    URI uri = stack.read().resolve(path);
    return JSON.readTree(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
            .body());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
