package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Refuses URLs and headers that are longer than any useful one before anything reads them, and
 * answers that Lambda would refuse; {@link BodyWriter} stops long ones before they are built.
 * Endpoints limit the body of a request themselves.
 */
final class SizeLimits implements Endpoint {
  /** For path and query: enough for a hundred pages with the longest names, all escaped. */
  static final int MAX_ADDRESS_CHARS = 200_000;

  /** For all names and values together. */
  static final int MAX_HEADER_CHARS = 100_000;

  /** Lambda's limit for a function's answer, as JSON: 6 MB. */
  static final int MAX_ANSWER_BYTES = 6 * 1_024 * 1_024;

  /** The answer's JSON apart from headers and body. */
  private static final int ENVELOPE_BYTES = 1_024;

  /** A header in JSON apart from name and value: quotes, colon and comma. */
  private static final int HEADER_ENVELOPE_BYTES = 6;

  private final Endpoint endpoint;

  SizeLimits(Endpoint endpoint) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
  }

  /**
   * @throws ProblemException 414 for a long URL, 431 for long headers, 400 if the answer is too
   *     long
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

  /** Most bytes that the answer takes as JSON, however it is escaped. */
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
