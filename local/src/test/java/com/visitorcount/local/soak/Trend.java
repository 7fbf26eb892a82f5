package com.visitorcount.local.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * How a value developed during one life of the process, after warm-up.
 *
 * @param early the median of the first third
 * @param late the median of the last third
 * @param most the highest value
 * @param perHour the slope of the straight line through all values
 */
record Trend(double early, double late, double most, double perHour) {
  /** Part of a life that is ignored, since caches fill and code is compiled. */
  private static final double WARM_UP = 0.2;

  private static final int LEAST_SAMPLES = 6;

  /**
   * @param samples of one life, in order
   */
  static Trend of(List<Sample> samples, ToLongFunction<Sample> value) {
    double end = samples.get(samples.size() - 1).seconds();
    List<Sample> warm =
        samples.stream().filter(sample -> sample.seconds() >= WARM_UP * end).toList();
    int third = Math.max(1, warm.size() / 3);
    return new Trend(
        median(warm.subList(0, third), value),
        median(warm.subList(warm.size() - third, warm.size()), value),
        warm.stream().mapToLong(value).max().orElseThrow(),
        slope(warm, value) * 3_600);
  }

  /** Whether there are enough samples for a trend. */
  static boolean isKnown(List<Sample> samples) {
    return samples.size() >= LEAST_SAMPLES;
  }

  private static double median(List<Sample> samples, ToLongFunction<Sample> value) {
    long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0;
  }

  /** Slope a second, by least squares. */
  private static double slope(List<Sample> samples, ToLongFunction<Sample> value) {
    double meanTime = samples.stream().mapToDouble(Sample::seconds).average().orElseThrow();
    double meanValue = samples.stream().mapToLong(value).average().orElseThrow();
    double covariance = 0;
    double variance = 0;
    for (Sample sample : samples) {
      double time = sample.seconds() - meanTime;
      covariance += time * (value.applyAsLong(sample) - meanValue);
      variance += time * time;
    }
    return variance == 0 ? 0 : covariance / variance;
  }

  /**
   * Whether the value has grown by more than a tolerance.
   *
   * @param part tolerance relative to the early value
   * @param slack further tolerance in the value's unit
   */
  boolean hasGrown(double part, double slack) {
    return late > early * (1 + part) + slack;
  }

  /** The trend as text, in a unit. */
  String text(double unit) {
    return String.format(
        Locale.ROOT,
        "%,.0f → %,.0f (at most %,.0f; %+,.1f an hour)",
        early / unit,
        late / unit,
        most / unit,
        perHour / unit);
  }
}
