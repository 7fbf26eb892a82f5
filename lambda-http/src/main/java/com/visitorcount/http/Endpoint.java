package com.visitorcount.http;

/** Answers requests, knowing nothing of Lambda. Safe for use by several threads. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request.
   *
   * @param record to count and note what happened
   * @throws ProblemException for a request with something wrong in it
   */
  HttpResponse answer(HttpRequest request, RequestRecord record);

  /**
   * The answer to a request that ended with a problem, which is counted and logged by then: a
   * problem document, unless this endpoint's clients can show nothing but an image. Must not fail,
   * since nothing would catch it.
   */
  default HttpResponse problem(Problem problem, HttpRequest request) {
    return problem.toResponse(request.id());
  }
}
