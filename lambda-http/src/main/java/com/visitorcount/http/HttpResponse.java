package com.visitorcount.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response with a text body.
 *
 * @param status HTTP status
 * @param headers by lower-case name; none of CORS, which the Function URL adds
 * @param body text, empty for none
 */
public record HttpResponse(int status, Map<String, String> headers, String body) {
  /** Counts change with every view, so no cache may keep an answer unless the endpoint says so. */
  private static final Map<String, String> DEFAULT_HEADERS =
      Map.of("cache-control", "no-store", "x-content-type-options", "nosniff");

  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /** A JSON answer that no cache keeps. */
  public static HttpResponse json(int status, JsonNode body) {
    return text(status, body.toString()).with(Map.of("content-type", "application/json"));
  }

  static HttpResponse text(int status, String body) {
    return new HttpResponse(status, DEFAULT_HEADERS, body);
  }

  /** The same with these headers, each in place of one of the same name. */
  HttpResponse with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new HttpResponse(status, all, body);
  }

  /** The same without its body, as the answer to {@code HEAD}; the headers stay. */
  public HttpResponse withoutBody() {
    return new HttpResponse(status, headers, "");
  }
}
