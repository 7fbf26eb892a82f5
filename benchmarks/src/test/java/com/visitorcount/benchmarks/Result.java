package com.visitorcount.benchmarks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark came to.
 *
 * @param section of the page that it stands in
 * @param name what was measured; unique within its section
 * @param ours median of our rounds
 * @param rival median of the rival's rounds; what is allowed, where there is no rival; null for a
 *     figure that stands alone
 * @param ratio median of the rounds' ratios, of ours to the rival's
 * @param least smallest ratio of a round
 * @param most largest ratio of a round
 * @param goal highest ratio that is good enough; null if there is none
 * @param met whether the ratio reaches the goal
 */
@JsonPropertyOrder({
  "section",
  "name",
  "ours",
  "rival",
  "rivalName",
  "unit",
  "ratio",
  "least",
  "most",
  "goal",
  "met"
})
record Result(
    String section,
    String name,
    double ours,
    @Nullable Double rival,
    String rivalName,
    String unit,
    @Nullable Double ratio,
    @Nullable Double least,
    @Nullable Double most,
    @Nullable Double goal,
    @Nullable Boolean met) {

  /** A figure of ours that nothing stands beside. */
  static Result alone(String name, double ours, String unit) {
    return new Result("", name, ours, null, "", unit, null, null, null, null, null);
  }

  /** A figure of ours beside the highest that is allowed. */
  static Result ofFigure(String name, double ours, double allowed, String unit) {
    return compared(name, ours, allowed, "the goal", unit, 1);
  }

  /** A figure of ours beside a rival's, each measured once or the same each time. */
  static Result compared(
      String name, double ours, double rival, String rivalName, String unit, double goal) {
    return ofRounds(name, new double[] {ours}, new double[] {rival}, rivalName, unit, goal);
  }

  /** Medians of rounds, of which the first of ours stands beside the first of the rival's. */
  static Result ofRounds(
      String name, double[] ours, double[] rival, String rivalName, String unit, double goal) {
    double[] ratios =
        IntStream.range(0, ours.length).mapToDouble(i -> ours[i] / rival[i]).toArray();
    Arrays.sort(ratios);
    double ratio = median(ratios);
    return new Result(
        "",
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

  /** The same in a section. */
  Result in(String itsSection) {
    return new Result(
        itsSection, name, ours, rival, rivalName, unit, ratio, least, most, goal, met);
  }

  /** The same, to be looked at and not to be reached. */
  Result withoutGoal() {
    return new Result(section, name, ours, rival, rivalName, unit, ratio, least, most, null, null);
  }

  /** Whether there is a goal, and this does not reach it. */
  boolean missed() {
    return Boolean.FALSE.equals(met);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
