package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visitorcount.view.ViewId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class RetryGuardTest {
  private static final int TRIALS = 8_000;

  @Test
  void attribute_ofEveryPlace_isItsOwnOneLetterName() {
    Set<String> names = new HashSet<>();
    for (int set = 0; set < RetryGuard.SETS; set++) {
      for (int place = 0; place < RetryGuard.REGISTER; place++) {
        names.add(RetryGuard.attribute(set, place));
      }
    }

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            "abcdefghijklmnopqrstuvwxyz012345"
                .chars()
                .mapToObj(Character::toString)
                .collect(Collectors.toSet()));
  }

  @Test
  void of_sameView_isTheSameGuard() {
    RetryGuard guard = RetryGuard.of(new ViewId("view-1"));
    RetryGuard again = RetryGuard.of(new ViewId("view-1"));

    assertThat(again.set()).isEqualTo(guard.set());
    assertThat(again.values()).isEqualTo(guard.values());
  }

  @Test
  void of_manyViews_haveFourByteHashesSpreadOverTheRegisters() {
    Map<Integer, Long> perRegister =
        IntStream.range(0, TRIALS)
            .mapToObj(i -> RetryGuard.of(new ViewId("view-" + i)))
            .peek(guard -> assertThat(hash(guard).b().asByteArray()).hasSize(4))
            .collect(Collectors.groupingBy(RetryGuard::set, Collectors.counting()));

    assertThat(perRegister).hasSize(RetryGuard.SETS);
    assertThat(perRegister.values())
        .allSatisfy(views -> assertThat(views).isBetween(TRIALS / 5L, TRIALS * 3L / 10));
  }

  /**
   * The figures in the documentation: a retry is caught if at most 7 other views used its register.
   */
  @Test
  void register_retryAfterOtherViews_isCaughtAsOftenAsStated() {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder table = new StringBuilder("views in between: caught %");
    for (int between : new int[] {0, 4, 7, 8, 12, 16, 24, 32, 48, 64, 100}) {
      double caught = caughtOf(between, random);
      table.append(String.format("  %d: %.1f", between, 100 * caught));
      assertThat(caught).isCloseTo(expected(between), within(0.02));
      assertThat(between > 7 || caught == 1).isTrue();
    }
    System.out.println(table);
    assertThat(expected(16)).isCloseTo(0.97, within(0.005));
    assertThat(expected(32)).isCloseTo(0.43, within(0.005));
    assertThat(expected(100)).isCloseTo(0, within(0.001));
  }

  private static double caughtOf(int between, SplittableRandom random) {
    int caught = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      RetryGuard guard = RetryGuard.of(randomView(random));
      List<AttributeValue> register = new ArrayList<>(List.of(hash(guard)));
      for (int i = 0; i < between; i++) {
        RetryGuard other = RetryGuard.of(randomView(random));
        if (other.set() == guard.set()) {
          register.add(0, hash(other));
        }
      }
      if (register
          .subList(0, Math.min(RetryGuard.REGISTER, register.size()))
          .contains(hash(guard))) {
        caught++;
      }
    }
    return (double) caught / TRIALS;
  }

  /** The chance that at most 7 of the views in between use the same one of four registers. */
  private static double expected(int between) {
    double sum = 0;
    double term = Math.pow(0.75, between);
    for (int taken = 0; taken <= Math.min(7, between); taken++) {
      sum += term;
      term *= (between - taken) / (taken + 1.0) / 3;
    }
    return sum;
  }

  private static AttributeValue hash(RetryGuard guard) {
    return guard.values().get(":hash");
  }

  private static ViewId randomView(SplittableRandom random) {
    return new ViewId(Long.toString(random.nextLong() >>> 1, 36));
  }
}
