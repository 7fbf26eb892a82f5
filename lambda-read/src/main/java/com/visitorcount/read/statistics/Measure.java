package com.visitorcount.read.statistics;

import com.visitorcount.statistics.Totals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The metrics by the names and in the units of Plausible's API. */
enum Measure {
  /** Sum of the daily visitors. */
  VISITORS {
    @Override
    BigDecimal value(Totals totals) {
      return BigDecimal.valueOf(totals.visitors());
    }
  },
  VISITS {
    @Override
    BigDecimal value(Totals totals) {
      return BigDecimal.valueOf(totals.visits());
    }
  },
  /** Views. */
  PAGEVIEWS {
    @Override
    BigDecimal value(Totals totals) {
      return BigDecimal.valueOf(totals.views());
    }
  },
  /** With two decimals. */
  VIEWS_PER_VISIT {
    @Override
    BigDecimal value(Totals totals) {
      return rounded(totals.viewsPerVisit(), 0, 2);
    }
  },
  /** Whole percent. */
  BOUNCE_RATE {
    @Override
    BigDecimal value(Totals totals) {
      return rounded(totals.bounceRate(), 2, 0);
    }

    @Override
    @Nullable Integer change(Totals now, Totals before) {
      return before.visits() == 0 ? null : value(now).subtract(value(before)).intValueExact();
    }
  },
  /** Mean in whole seconds. */
  VISIT_DURATION {
    @Override
    BigDecimal value(Totals totals) {
      return rounded(totals.visitDurationSeconds(), 0, 0);
    }
  };

  private static final int HUNDRED = 100;

  /** The value, 0 where there is nothing to divide by. */
  abstract BigDecimal value(Totals totals);

  /** How much more it is than before, in whole percent; null where there was nothing before. */
  @Nullable Integer change(Totals now, Totals before) {
    BigDecimal base = value(before);
    return base.signum() == 0
        ? null
        : value(now)
            .subtract(base)
            .multiply(BigDecimal.valueOf(HUNDRED))
            .divide(base, 0, RoundingMode.HALF_UP)
            .intValue();
  }

  /**
   * @param shift places by which the decimal point moves right before it is rounded: a product of
   *     doubles would make 57.499… of 0.575
   */
  private static BigDecimal rounded(OptionalDouble value, int shift, int decimals) {
    if (value.isEmpty()) {
      return BigDecimal.ZERO;
    }
    BigDecimal rounded =
        BigDecimal.valueOf(value.getAsDouble())
            .movePointRight(shift)
            .setScale(decimals, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** As in {@code bounce_rate}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws com.visitorcount.statistics.InvalidQuestionException if there is none of this name
   */
  static Measure of(String key) {
    return Choice.of(key, "metric", Measure.values(), Measure::key);
  }
}
