package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Refuses addresses and headers that are longer than any that has a meaning here, before anything
 * reads them. How long a body may be is for whoever reads it.
 */
final class SizeLimits implements Endpoint {
  /** Of path and query: a hundred pages of the longest names, all of it escaped, are below that. */
  static final int MAX_ADDRESS_CHARS = 200_000;

  /** Of all names and values. */
  static final int MAX_HEADER_CHARS = 100_000;

  private final Endpoint endpoint;

  SizeLimits(Endpoint endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
  }

  /**
   * @throws ProblemException 414 or 431 for what is too long
   */
  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (request.path().length() + request.query().length() > MAX_ADDRESS_CHARS) {
      throw new ProblemException(
          ProblemType.URI_TOO_LONG,
          "Path and query may have at most " + MAX_ADDRESS_CHARS + " characters.");
    }
    if (headerChars(request.headers()) > MAX_HEADER_CHARS) {
      throw new ProblemException(
          ProblemType.HEADERS_TOO_LARGE,
          "All headers together may have at most " + MAX_HEADER_CHARS + " characters.");
    }
    return endpoint.answer(request, record);
  }

  private static long headerChars(Map<String, String> headers) {
    return headers.entrySet().stream()
        .mapToLong(header -> header.getKey().length() + header.getValue().length())
        .sum();
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return endpoint.problem(problem, request);
  }
}
