package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Refuses addresses and headers that are longer than any that has a meaning here, before anything
 * reads them, and answers that Lambda would not take. How long a body may be is for whoever reads
 * it.
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

  private static final int UNICODE_ESCAPE_BYTES = 6;

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
      throw new ProblemException(
          ProblemType.ANSWER_TOO_LARGE,
          "The answer would have more than 6 MB. Ask for less: a smaller limit, fewer properties or"
              + " pages; or take it compressed, by Accept-Encoding: gzip.");
    }
    return response;
  }

  /** What the answer takes at most as JSON, however it is escaped. */
  static long payloadBytes(HttpResponse response) {
    long bytes = ENVELOPE_BYTES;
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      bytes += HEADER_ENVELOPE_BYTES + jsonBytes(header.getKey()) + jsonBytes(header.getValue());
    }
    return bytes + (response.base64() ? response.body().length() : jsonBytes(response.body()));
  }

  private static long jsonBytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      bytes += jsonBytes(text.charAt(i));
    }
    return bytes;
  }

  private static int jsonBytes(char c) {
    if (c < ' ' || c == '\u2028' || c == '\u2029' || Character.isSurrogate(c)) {
      return UNICODE_ESCAPE_BYTES;
    }
    if (c == '"' || c == '\\') {
      return 2;
    }
    return c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
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
