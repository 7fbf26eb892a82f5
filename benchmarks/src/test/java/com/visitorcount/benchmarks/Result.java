package com.visitorcount.benchmarks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a comparison came to.
 *
 * @param ours median of our rounds
 * @param rival median of the rival's rounds; what is allowed, where there is no rival
 * @param ratio median of the rounds' ratios, of ours to the rival's
 * @param least smallest ratio of a round
 * @param most largest ratio of a round
 * @param goal highest ratio that is good enough
 * @param met whether the ratio reaches the goal
 */
@JsonPropertyOrder({"name", "ours", "rival", "rivalName", "unit", "ratio", "goal", "met"})
record Result(
    String name,
    double ours,
    double rival,
    String rivalName,
    String unit,
    double ratio,
    double least,
    double most,
    double goal,
    boolean met) {

  /** A figure of ours beside the highest that is allowed. */
  static Result ofFigure(String name, double ours, double allowed, String unit) {
    double ratio = ours / allowed;
    return new Result(
        name, ours, allowed, "the goal", unit, ratio, ratio, ratio, 1, ours <= allowed);
  }

  /** Medians of rounds, of which the first of ours stands beside the first of the rival's. */
  static Result ofRounds(
      String name, double[] ours, double[] rival, String rivalName, String unit, double goal) {
    double[] ratios =
        IntStream.range(0, ours.length).mapToDouble(i -> ours[i] / rival[i]).toArray();
    Arrays.sort(ratios);
    double ratio = median(ratios);
    return new Result(
        name,
        median(ours),
        median(rival),
        rivalName,
        unit,
        ratio,
        ratios[0],
        ratios[ratios.length - 1],
        goal,
        ratio <= goal);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
