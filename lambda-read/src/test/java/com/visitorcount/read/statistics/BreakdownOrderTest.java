package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.statistics.Breakdown;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Totals;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakdownOrderTest {
  /** An owner's task: which page grew most? A new page does not count as growth. */
  @ParameterizedTest
  @CsvSource({
    "change:desc, /doubled /same /halved /new",
    "change:asc, /halved /same /doubled /new",
    "visitors:desc, /new /halved /doubled /same",
    "value:asc, /doubled /halved /new /same"
  })
  void order_byChange_leavesTheNewForTheEnd(String order, String expected) {
    Map<String, Totals> now =
        Map.of(
            "/doubled",
            visitors(4),
            "/same",
            visitors(3),
            "/halved",
            visitors(5),
            "/new",
            visitors(90));
    Split before =
        new Split(
            new TreeMap<>(
                Map.of("/doubled", visitors(2), "/same", visitors(3), "/halved", visitors(10))),
            Totals.NONE);

    Breakdown breakdown =
        Breakdown.of(
            now,
            value -> true,
            BreakdownOrder.of(
                order,
                Property.of("event:page"),
                List.of(Measure.VISITORS),
                before,
                entry -> Measured.of(entry.totals())),
            10,
            1);

    assertThat(breakdown.entries())
        .extracting(Breakdown.Entry::value)
        .containsExactly(expected.split(" ", -1));
  }

  private static Totals visitors(int count) {
    return new Totals(count, count, count, 0, 0);
  }
}
