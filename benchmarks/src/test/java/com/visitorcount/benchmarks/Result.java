package com.visitorcount.benchmarks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

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
}
