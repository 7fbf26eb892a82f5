package com.visitorcount.read.statistics;

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
    BigDecimal value(Measured of) {
      return BigDecimal.valueOf(of.totals().visitors());
    }
  },
  VISITS {
    @Override
    BigDecimal value(Measured of) {
      return BigDecimal.valueOf(of.totals().visits());
    }
  },
  /** Views. */
  PAGEVIEWS {
    @Override
    BigDecimal value(Measured of) {
      return BigDecimal.valueOf(of.totals().views());
    }
  },
  /** With two decimals. */
  VIEWS_PER_VISIT {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().viewsPerVisit(), 0, 2);
    }
  },
  /** Whole percent. */
  BOUNCE_RATE {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().bounceRate(), 2, 0);
    }

    @Override
    @Nullable BigDecimal change(Measured now, Measured before) {
      return before.totals().visits() == 0 ? null : value(now).subtract(value(before));
    }
  },
  /** Mean in whole seconds. */
  VISIT_DURATION {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().visitDurationSeconds(), 0, 0);
    }
  },
  /** For how long a page was visible, mean of the views of which it is known, in whole seconds. */
  TIME_ON_PAGE {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().engaged().secondsPerView(), 0, 0);
    }
  },
  /** How far down a page was scrolled, mean of the views of which it is known, in whole percent. */
  SCROLL_DEPTH {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().engaged().scrollPercent(), 0, 0);
    }

    @Override
    @Nullable BigDecimal change(Measured now, Measured before) {
      return before.totals().engaged().views() == 0 ? null : value(now).subtract(value(before));
    }
  },
  /** Views and events; where a goal is asked for, how often it was reached. */
  EVENTS {
    @Override
    BigDecimal value(Measured of) {
      return BigDecimal.valueOf(of.totals().rows());
    }
  },
  /** Percent of the visitors who reached a goal, with two decimals. */
  CONVERSION_RATE {
    @Override
    BigDecimal value(Measured of) {
      long everyone = of.everyone().visitors();
      return everyone == 0
          ? BigDecimal.ZERO
          : trimmed(
              BigDecimal.valueOf(HUNDRED * of.totals().visitors())
                  .divide(BigDecimal.valueOf(everyone), 2, RoundingMode.HALF_UP));
    }

    @Override
    @Nullable BigDecimal change(Measured now, Measured before) {
      return before.everyone().visitors() == 0 ? null : trimmed(value(now).subtract(value(before)));
    }
  };

  private static final long HUNDRED = 100;

  /** The value, 0 where there is nothing to divide by. */
  abstract BigDecimal value(Measured of);

  /**
   * How much more it is than before, in whole percent; of shares in percentage points. Null where
   * there was nothing before.
   */
  @Nullable BigDecimal change(Measured now, Measured before) {
    BigDecimal base = value(before);
    return base.signum() == 0
        ? null
        : value(now)
            .subtract(base)
            .multiply(BigDecimal.valueOf(HUNDRED))
            .divide(base, 0, RoundingMode.HALF_UP);
  }

  /**
   * @param shift places by which the decimal point moves right before it is rounded: a product of
   *     doubles would make 57.499… of 0.575
   */
  private static BigDecimal rounded(OptionalDouble value, int shift, int decimals) {
    if (value.isEmpty()) {
      return BigDecimal.ZERO;
    }
    return trimmed(
        BigDecimal.valueOf(value.getAsDouble())
            .movePointRight(shift)
            .setScale(decimals, RoundingMode.HALF_UP));
  }

  private static BigDecimal trimmed(BigDecimal value) {
    BigDecimal trimmed = value.stripTrailingZeros();
    return trimmed.scale() < 0 ? trimmed.setScale(0) : trimmed;
  }

  /** As in {@code bounce_rate}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws com.visitorcount.history.statistics.InvalidQuestionException if there is none of this
   *     name
   */
  static Measure of(String key) {
    return Choice.of(key, "metric", Measure.values(), Measure::key);
  }
}
