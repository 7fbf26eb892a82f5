package com.visitorcount.sam.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class MovableClockTest {
  private static final Instant MOMENT = Instant.parse("2026-11-25T01:02:03Z");

  @Test
  void clock_standsWhereItIsPut() {
    MovableClock clock = MovableClock.at(MOMENT);

    assertThat(clock.instant()).isEqualTo(MOMENT);
    clock.move(Duration.ofHours(-1));
    assertThat(clock.instant()).isEqualTo(MOMENT.minusSeconds(3600));
    clock.set(MOMENT);
    assertThat(clock.instant()).isEqualTo(MOMENT);
  }

  @Test
  void clock_runs_untilItIsPutSomewhere_andThenAgain() {
    MovableClock clock = MovableClock.running();
    assertThat(clock.instant()).isBetween(Instant.now().minusSeconds(60), Instant.now());

    clock.set(MOMENT);
    clock.run();

    assertThat(clock.instant()).isBetween(Instant.now().minusSeconds(60), Instant.now());
  }

  @Test
  void during_isForOneThreadAndItsWorkAlone() throws Exception {
    MovableClock clock = MovableClock.at(MOMENT);
    Instant other = MOMENT.plusSeconds(1);

    Instant seen =
        clock.during(
            other,
            () -> {
              Instant[] elsewhere = new Instant[1];
              Thread thread = new Thread(() -> elsewhere[0] = clock.instant());
              thread.start();
              join(thread);
              assertThat(elsewhere[0]).isEqualTo(MOMENT);
              return clock.instant();
            });

    assertThat(seen).isEqualTo(other);
    assertThat(clock.instant()).isEqualTo(MOMENT);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void zone_isUtc() {
    MovableClock clock = MovableClock.at(MOMENT);

    assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
    assertThat(clock.withZone(ZoneOffset.UTC)).isSameAs(clock);
    assertThatThrownBy(() -> clock.withZone(ZoneId.of("Europe/Berlin")))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
