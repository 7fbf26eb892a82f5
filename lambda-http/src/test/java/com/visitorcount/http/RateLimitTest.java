package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private final SetClock clock = new SetClock(Instant.parse("2026-11-25T10:00:00Z"));

  @Test
  void take_burst_isGivenAtOnceAndNoMore() {
    RateLimit limit = new RateLimit(Duration.ofMillis(50), 100, clock);

    assertThat(given(limit, "192.0.2.1", 150)).isEqualTo(100);
  }

  @Test
  void take_afterTheTimeItNames_isGiven() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(7), 2, clock);
    given(limit, "192.0.2.1", 2);

    int wait = limit.take("192.0.2.1");

    assertThat(wait).isEqualTo(7);
    clock.pass(Duration.ofSeconds(wait).minusMillis(1));
    assertThat(limit.take("192.0.2.1")).isEqualTo(1);
    clock.pass(Duration.ofMillis(1));
    assertThat(limit.take("192.0.2.1")).isZero();
  }

  @Test
  void take_otherClient_hasItsOwn() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1, clock);
    limit.take("192.0.2.1");

    assertThat(limit.take("192.0.2.2")).isZero();
    assertThat(limit.take("192.0.2.1")).isEqualTo(1);
  }

  @Test
  void take_refused_costsNothing() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1, clock);
    given(limit, "192.0.2.1", 1_000);

    clock.pass(Duration.ofSeconds(1));

    assertThat(limit.take("192.0.2.1")).isZero();
  }

  @Test
  void take_clockThatWentBack_shutsNobodyOutForLong() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 5, clock);
    given(limit, "192.0.2.1", 5);

    clock.pass(Duration.ofDays(-30));

    assertThat(limit.take("192.0.2.1")).isZero();
  }

  @Test
  void secondsToWait_takesNothing() {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1, clock);

    assertThat(limit.secondsToWait("192.0.2.1")).isZero();
    assertThat(limit.secondsToWait("192.0.2.1")).isZero();
    limit.take("192.0.2.1");
    assertThat(limit.secondsToWait("192.0.2.1")).isEqualTo(1);
  }

  /** Compared with a queue that remembers the time of every single request. */
  @Test
  void take_randomTimes_neverMoreThanBurstAndRateAllow() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      int burst = 1 + random.nextInt(20);
      Duration interval = Duration.ofMillis(1 + random.nextInt(500));
      RateLimit limit = new RateLimit(interval, burst, clock);
      Deque<Instant> given = new ArrayDeque<>();
      double allowance = burst;
      Instant last = clock.instant();
      for (int i = 0; i < 300; i++) {
        clock.pass(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 5_000 : 50)));
        long passed = Duration.between(last, clock.instant()).toMillis();
        allowance = Math.min(burst, allowance + (double) passed / interval.toMillis());
        last = clock.instant();
        boolean allowed = allowance >= 1 - 1e-6;
        assertThat(limit.take("a") == 0).as("run %s, step %s", run, i).isEqualTo(allowed);
        if (allowed) {
          allowance--;
          given.add(clock.instant());
        }
      }
      assertThat(given).isNotEmpty();
    }
  }

  @Test
  void take_manyThreads_giveNoMoreThanTheBurst() throws Exception {
    RateLimit limit = new RateLimit(Duration.ofSeconds(1), 1_000, clock);
    AtomicInteger given = new AtomicInteger();
    Thread[] threads = new Thread[8];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = new Thread(() -> given.addAndGet(given(limit, "192.0.2.1", 500)));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(given).hasValue(1_000);
  }

  @Test
  void take_manyClients_seldomShareOne() {
    RateLimit limit = new RateLimit(Duration.ofHours(1), 1, clock);
    int clients = 200;

    long alone =
        IntStream.range(0, clients)
            .filter(i -> limit.take("198.51.100." + i) == 0 && limit.take("x") >= 0)
            .count();

    assertThat(alone).isGreaterThan(clients - 5);
  }

  @Test
  void new_nothingAllowed_isRefused() {
    assertThatThrownBy(() -> new RateLimit(Duration.ZERO, 1, clock))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(Duration.ofSeconds(1), 0, clock))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static int given(RateLimit limit, String client, int times) {
    return (int) IntStream.range(0, times).filter(i -> limit.take(client) == 0).count();
  }

  /** A clock that can be set. */
  private static final class SetClock extends Clock {
    private Instant now;

    SetClock(Instant now) {
      this.now = now;
    }

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
