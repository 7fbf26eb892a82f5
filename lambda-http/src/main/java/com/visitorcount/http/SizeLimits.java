package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Refuses addresses and headers that are longer than any that has a meaning here, before anything
 * reads them, and answers that Lambda would not take; {@link BodyWriter} stops long ones before
 * they are built. How long a request's body may be is for whoever reads it.
 */
final class SizeLimits implements Endpoint {
  /** Of path and query: a hundred pages of the longest names, all of it escaped, are below that. */
  static final int MAX_ADDRESS_CHARS = 200_000;

  /** Of all names and values. */
  static final int MAX_HEADER_CHARS = 100_000;

  /** What Lambda takes of a function's answer, as JSON: 6 MB. */
  static final int MAX_ANSWER_BYTES = 6 * 1_024 * 1_024;

  /** Of the answer's JSON beside headers and body. */
  private static final int ENVELOPE_BYTES = 1_024;

  /** Of a header in JSON, beside name and value: quotes, colon and comma. */
  private static final int HEADER_ENVELOPE_BYTES = 6;

  private final Endpoint endpoint;

  SizeLimits(Endpoint endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
  }

  /**
   * @throws ProblemException 414 or 431 for what is too long, 400 for what asks for too much
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
    HttpResponse response = endpoint.answer(request, record);
    if (payloadBytes(response) > MAX_ANSWER_BYTES) {
      throw BodyWriter.tooLarge();
    }
    return response;
  }

  /** What the answer takes at most as JSON, however it is escaped. */
  static long payloadBytes(HttpResponse response) {
    long bytes = ENVELOPE_BYTES;
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      bytes +=
          HEADER_ENVELOPE_BYTES
              + BodyWriter.jsonBytes(header.getKey())
              + BodyWriter.jsonBytes(header.getValue());
    }
    return bytes
        + (response.base64() ? response.body().length() : BodyWriter.jsonBytes(response.body()));
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
