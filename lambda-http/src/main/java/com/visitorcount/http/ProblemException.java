package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {
  // exceptions are serialisable, problems are not, and nothing serialises either
  private final transient Problem problem;

  public ProblemException(ProblemType type, @Nullable String detail) {
    this(Problem.of(type, detail));
  }

  public ProblemException(Problem problem) {
    super(problem.type().slug());
    this.problem = problem;
  }

  /** For a method that a path does not support; {@code allow} lists those that it does. */
  static ProblemException methodNotAllowed(String allow) {
    return new ProblemException(
        new Problem(
            ProblemType.METHOD_NOT_ALLOWED,
            "This address answers " + allow + ".",
            Map.of("allow", allow)));
  }

  /**
   * For a client that does something too often.
   *
   * @param what a sentence for the client
   * @param waitSeconds seconds after which it may try again
   */
  public static ProblemException tooManyRequests(String what, int waitSeconds) {
    return new ProblemException(
        new Problem(
            ProblemType.TOO_MANY_REQUESTS,
            what + " Try again after " + waitSeconds + " s.",
            Map.of("retry-after", Integer.toString(waitSeconds))));
  }

  public Problem problem() {
    return requireNonNull(problem, "problem");
  }
}
