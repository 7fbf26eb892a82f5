package com.visitorcount.sam.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.function.Handlers;
import com.visitorcount.sam.function.LambdaFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ScheduledWorkTest {
  private final MovableClock clock = MovableClock.at(Instant.parse("2026-11-25T04:09:59.5Z"));
  private final List<String> runs = new ArrayList<>();
  private final ScheduledWork work =
      ScheduledWork.of("cron(10 * * * ? *)", clock, time -> runs.add(time.toString()));

  @Test
  void runIfDue_isOnceForEachTime_andForAllThatWereMissed() {
    work.runIfDue();
    assertThat(runs).isEmpty();

    clock.move(Duration.ofSeconds(1));
    work.runIfDue();
    work.runIfDue();
    assertThat(runs).containsExactly("2026-11-25T04:10:00Z");

    clock.move(Duration.ofHours(5));
    work.runIfDue();
    work.runIfDue();
    assertThat(runs).containsExactly("2026-11-25T04:10:00Z", "2026-11-25T05:10:00Z");

    clock.move(Duration.ofMinutes(59));
    work.runIfDue();
    assertThat(runs).hasSize(2);
  }

  @Test
  void runNow_isNow_andDelaysNothing() {
    work.runNow();
    clock.move(Duration.ofSeconds(1));
    work.runIfDue();

    assertThat(runs).containsExactly("2026-11-25T04:09:59.500Z", "2026-11-25T04:10:00Z");
  }

  @Test
  void runNow_thatFails_saysSo() {
    ScheduledWork failing =
        ScheduledWork.of(
            "rate(1 hour)",
            clock,
            time -> {
              throw new IllegalStateException("on purpose");
            });

    assertThatThrownBy(failing::runNow).hasMessage("on purpose");
  }

  @Test
  void event_isThatOfEventBridge() throws Exception {
    JsonNode event =
        new ObjectMapper()
            .readTree(ScheduledEvent.json("arn:rule", Instant.parse("2026-11-25T04:10:00.7Z")));

    assertThat(event.get("detail-type").asText()).isEqualTo("Scheduled Event");
    assertThat(event.get("source").asText()).isEqualTo("aws.events");
    assertThat(event.get("time").asText()).isEqualTo("2026-11-25T04:10:00Z");
    assertThat(event.get("resources").toString()).isEqualTo("[\"arn:rule\"]");
    assertThat(event.get("detail").isEmpty()).isTrue();
    assertThat(event.get("id").asText()).isNotEmpty();
  }

  @Test
  void event_isReadByAwsOwnTypes() throws Exception {
    LambdaFunction function = Handlers.load(Handlers.Scheduled.class, clock);

    JsonNode answer =
        new ObjectMapper()
            .readTree(
                function.invoke(
                    ScheduledEvent.json("arn:rule", Instant.parse("2026-11-25T04:10:00Z"))));

    assertThat(answer.get("time").asText()).isEqualTo("2026-11-25T04:10:00.000Z");
    assertThat(answer.get("detail-type").asText()).isEqualTo("Scheduled Event");
    assertThat(answer.get("resources").toString()).isEqualTo("[\"arn:rule\"]");
    assertThat(answer.get("id").asText()).isEqualTo("2026-11-25T04:09:59.500Z");
  }

  @Test
  void ticker_goesOnAfterAFailure_untilItIsClosed() throws Exception {
    CountDownLatch ticks = new CountDownLatch(2);
    try (Ticker ticker =
        Ticker.start(
            () -> {
              ticks.countDown();
              throw new IllegalStateException("on purpose");
            })) {
      assertThat(ticker).isNotNull();
      assertThat(ticks.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(Thread.getAllStackTraces().keySet()).noneMatch(it -> it.getName().equals("ticker"));
  }
}
