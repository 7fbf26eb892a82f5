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
}
