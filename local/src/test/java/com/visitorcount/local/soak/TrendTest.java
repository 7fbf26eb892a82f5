package com.visitorcount.local.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

final class TrendTest {
  private static final int SAMPLES = 30;
  private static final double SECONDS = 20;

  @Test
  void hasGrown_ofWhatOnlyVaries_isFalse() {
    SplittableRandom random = new SplittableRandom(1);

    assertThat(trend(i -> 100 + random.nextInt(-5, 6)).hasGrown(0.1, 0)).isFalse();
  }

  @Test
  void hasGrown_ofALeak_isTrue_andTheSlopeTellsHowMuch() {
    Trend trend = trend(i -> 100 + 2L * i);

    assertThat(trend.hasGrown(0.1, 8)).isTrue();
    assertThat(trend.perHour()).isCloseTo(2 * 3_600 / SECONDS, within(1e-6));
  }

  @Test
  void hasGrown_ofWhatGrowsWhileItWarmsUp_isFalse() {
    assertThat(trend(i -> Math.min(100, 20L * i)).hasGrown(0, 0)).isFalse();
  }

  private static Trend trend(IntToLongFunction threads) {
    List<Sample> samples = new ArrayList<>();
    ProcessFigures process = new ProcessFigures(-1, -1, -1);
    for (int i = 0; i < SAMPLES; i++) {
      Figures figures = new Figures(0, 0, 0, (int) threads.applyAsLong(i), 0, 0, 0, 0);
      samples.add(new Sample(1, i * SECONDS, true, figures, process, process, 0, 0));
    }
    return Trend.of(samples, sample -> sample.figures().threads());
  }
}
