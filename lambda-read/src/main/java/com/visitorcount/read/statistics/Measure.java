package com.visitorcount.read.statistics;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The metrics, with the names and units of Plausible's API. */
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
  /** How long a page was visible: mean over views for which it is known, in whole seconds. */
  TIME_ON_PAGE {
    @Override
    BigDecimal value(Measured of) {
      return rounded(of.totals().engaged().secondsPerView(), 0, 0);
    }
  },
  /** How far a page was scrolled down: mean over views for which it is known, in whole percent. */
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
  /** Views and events; with a goal, how often it was reached. */
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

  /** The value; 0 if there is nothing to divide by. */
  abstract BigDecimal value(Measured of);

  /**
   * The change since before in whole percent, or for rates in percentage points. Null if there was
   * nothing before.
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
   * @param shift places to move the decimal point right before rounding: multiplying doubles would
   *     turn 0.575 into 57.499…
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

  /** Such as {@code bounce_rate}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws com.visitorcount.history.statistics.InvalidQuestionException for an unknown name
   */
  static Measure of(String key) {
    return Choice.of(key, "metric", Measure.values(), Measure::key);
  }
}
