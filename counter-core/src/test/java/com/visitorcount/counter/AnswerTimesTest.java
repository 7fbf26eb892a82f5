package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class AnswerTimesTest {
  private long now = 1_000;
  private final AnswerTimes times = new AnswerTimes(() -> now, AnswerTimes.LONGEST_WAIT);

  @Test
  void firstWait_nothingKnown_isTheLongest() {
    assertThat(times.firstWait()).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void firstWait_answersWithinMilliseconds_isTheShortestSoon() {
    answers(25, 8);

    assertThat(times.firstWait()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void firstWait_oneSlowAnswerAmongMany_isLongerForAWhileOnly() {
    answers(100, 8);
    answers(1, 150);
    assertThat(times.firstWait()).isGreaterThan(Duration.ofMillis(700));

    answers(25, 8);
    assertThat(times.firstWait()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void firstWait_slowStore_isTenTimesItsUsualAnswerWithinALimit() {
    answers(500, 60);
    assertThat(times.firstWait()).isBetween(Duration.ofMillis(590), Duration.ofMillis(610));

    answers(500, 300);
    assertThat(times.firstWait()).isEqualTo(Duration.ofMillis(900));
  }

  @Test
  void firstWait_storeThatIsFastAgain_comesDownSoon() {
    answers(500, 300);
    answers(60, 5);

    assertThat(times.firstWait()).isEqualTo(Duration.ofMillis(250));
  }

  private void answers(int count, int millis) {
    for (int i = 0; i < count; i++) {
      long start = times.start();
      now += Duration.ofMillis(millis).toNanos();
      times.answered(start);
    }
  }
}
