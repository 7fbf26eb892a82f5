package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.Breakdown;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Totals;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The order of a breakdown's values, such as {@code visitors:desc} or {@code change:asc}. */
final class BreakdownOrder {
  private static final String ASCENDING = "asc";
  private static final String CHANGE = "change";
  private static final String LABEL = "value";

  private BreakdownOrder() {}

  /**
   * Reads an order.
   *
   * @param text a requested metric, {@code change} or {@code value}, then a colon and {@code asc}
   *     or {@code desc}; null: most visitors first
   * @param before totals of the values in the baseline, null without a comparison
   * @param measured gives the numbers of an entry
   * @throws InvalidQuestionException for any other text
   */
  static Comparator<Breakdown.Entry> of(
      @Nullable String text,
      Property property,
      List<Measure> measures,
      @Nullable Split before,
      Function<Breakdown.Entry, Measured> measured) {
    if (text == null) {
      return Breakdown.MOST_VISITORS_FIRST;
    }
    String[] parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new InvalidQuestionException("An order is written as in change:desc or value:asc.");
    }
    boolean ascending = Choice.is(ASCENDING, parts[1], "direction", ASCENDING, "desc");
    if (parts[0].equals(LABEL)) {
      Comparator<Breakdown.Entry> byLabel =
          Comparator.comparing(
              entry -> property.label(entry.value()), String.CASE_INSENSITIVE_ORDER);
      return ascending ? byLabel : byLabel.reversed();
    }
    if (parts[0].equals(CHANGE)) {
      return before == null
          ? Breakdown.MOST_VISITORS_FIRST
          : by(entry -> change(measured.apply(entry), before, entry.value()), ascending);
    }
    Measure measure = Measure.of(parts[0]);
    if (!measures.contains(measure)) {
      throw new InvalidQuestionException(
          "The metric to order by must be among the requested metrics.");
    }
    return by(entry -> measure.value(measured.apply(entry)), ascending);
  }

  private static @Nullable BigDecimal change(Measured now, Split before, String value) {
    Totals then = before.values().getOrDefault(value, Totals.NONE);
    return Measure.VISITORS.change(now, Measured.of(then));
  }

  /** Values without a number come last in both directions. */
  private static Comparator<Breakdown.Entry> by(
      Function<Breakdown.Entry, @Nullable BigDecimal> number, boolean ascending) {
    Comparator<BigDecimal> numbers = Comparator.naturalOrder();
    return Comparator.comparing(
        number, Comparator.nullsLast(ascending ? numbers : numbers.reversed()));
  }
}
