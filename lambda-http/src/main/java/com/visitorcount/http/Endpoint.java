package com.visitorcount.http;

/** Answers requests, independent of Lambda. Safe for use by several threads. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request.
   *
   * @param record receives metrics and properties of the request
   * @throws ProblemException for an invalid request
   */
  HttpResponse answer(HttpRequest request, RequestRecord record);

  /**
   * The answer to a request that ended with a problem, which is already counted and logged: a
   * problem document, unless this endpoint's clients can only show images. Must not fail, since
   * nothing would catch it.
   */
  default HttpResponse problem(Problem problem, HttpRequest request) {
    return problem.toResponse(request.id());
  }
}
