package com.visitorcount.benchmarks;

import com.visitorcount.local.packaged.ColdStarts;
import com.visitorcount.local.packaged.ColdStarts.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Starts of the functions' jars under AWS's runtime client, beside that of a Python counter, and
 * the jars' sizes.
 */
final class ColdStart {
  private static final int ROUNDS = 9;
  private static final String MILLIS = "ms";
  private static final String CPU_MILLIS = "ms of CPU";
  private static final double JAR_BYTES = 9_000_000;

  private ColdStart() {}

  /**
   * Runs it.
   *
   * @param module directory of this module
   */
  static void run(Path module, Results results) throws Exception {
    boolean withPython = new Rivals(module).python("counter.py").isPresent();
    Map<String, List<Sample>> samples = ColdStarts.measure(ROUNDS, withPython);
    String toFirstAnswer = "start to first answer: ";
    for (String function :
        List.of(ColdStarts.INCREMENT, ColdStarts.READ, ColdStarts.ROLLUP, ColdStarts.COMPACT)) {
      results.add(
          Result.ofFigure(
              toFirstAnswer + function, median(samples, function, Sample::cpu), 700, CPU_MILLIS));
    }
    for (String function : List.of(ColdStarts.INCREMENT_PRIMED, ColdStarts.READ_PRIMED)) {
      results.add(
          Result.ofFigure(
              "first request: " + function, median(samples, function, Sample::first), 25, MILLIS));
    }
    if (withPython) {
      // the goals above, on a machine on which Python takes 175 ms of CPU, and 26 for a request
      beside(results, toFirstAnswer, ColdStarts.INCREMENT, samples, Sample::cpu, CPU_MILLIS, 4);
      beside(
          results,
          "first request: ",
          ColdStarts.INCREMENT_PRIMED,
          samples,
          Sample::first,
          MILLIS,
          1);
    } else {
      results.notRun(toFirstAnswer + ColdStarts.INCREMENT, Rivals.PYTHON, "not here");
    }
    for (String jar : List.of("lambda-increment", "lambda-read", "lambda-rollup")) {
      results.add(
          Result.ofFigure("jar of " + jar, (double) ColdStarts.jarBytes(jar), JAR_BYTES, "bytes"));
    }
  }

  private static void beside(
      Results results,
      String name,
      String function,
      Map<String, List<Sample>> samples,
      ToDoubleFunction<Sample> figure,
      String unit,
      double goal) {
    results.add(
        Result.ofRounds(
            name + function + ", Python",
            figures(samples, function, figure),
            figures(samples, ColdStarts.PYTHON, figure),
            Rivals.PYTHON,
            unit,
            goal));
  }

  private static double median(
      Map<String, List<Sample>> samples, String function, ToDoubleFunction<Sample> figure) {
    return Result.median(figures(samples, function, figure));
  }

  private static double[] figures(
      Map<String, List<Sample>> samples, String function, ToDoubleFunction<Sample> figure) {
    return samples.get(function).stream().mapToDouble(figure).toArray();
  }
}
