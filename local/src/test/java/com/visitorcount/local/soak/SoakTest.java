package com.visitorcount.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.TestStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a few seconds of {@link Soak}, to make sure that it works and detects faults. */
final class SoakTest {
  @Test
  void run_ofAFewSecondsWithAKill_findsNothing_andThenTheViewThatIsMissing(@TempDir Path folder)
      throws Exception {
    SoakPlan plan =
        new SoakPlan(
            TestStack.root(),
            folder,
            Duration.ofSeconds(5),
            1,
            Duration.ofMillis(200),
            Duration.ofSeconds(1),
            8,
            8,
            256);
    try (Soak soak = new Soak(plan, line -> {})) {
      SoakReport report = soak.run();

      assertThat(report.faults()).isEmpty();
      assertThat(soak.ledger().acknowledged()).isPositive();

      PageAccount page = soak.ledger().promised(new SplittableRandom(1));
      page.acknowledge(page.begin().orElseThrow());
      long views = page.acknowledged();

      assertThat(soak.check("with one more").faults())
          .containsExactly(
              "%s counts %d; acknowledged %d, unknown 0, under way 0"
                  .formatted(page.page(), views - 1, views));
    }
  }
}
