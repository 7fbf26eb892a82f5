package com.visitorcount.http;

import java.util.Locale;

/** All that can be wrong with a request. Each has a heading in {@code docs/api.md}. */
public enum ProblemType {
  /** The body is not JSON, or not of the form that is asked for. */
  MALFORMED_REQUEST(400, "The request is malformed"),
  /** There is no page in the request, or what stands there cannot be one. */
  INVALID_PAGE(400, "The page is invalid"),
  /** The id of the view cannot be one. */
  INVALID_VIEW(400, "The view is invalid"),
  /** The name of the event cannot be one. */
  INVALID_EVENT(400, "The event is invalid"),
  /** A parameter of a question is not as it must be. */
  INVALID_QUERY(400, "The query is invalid"),
  /** The answer would be longer than a function may answer. */
  ANSWER_TOO_LARGE(400, "The answer is too large"),

  /** What is asked for takes a token, and there is none, or not the right one. */
  UNAUTHORIZED(401, "A token is needed"),

  /** The request did not come through the owner's proxy. */
  NOT_THROUGH_PROXY(403, "The function cannot be reached directly"),
  /** The browser's page is of an origin that may not count here. */
  ORIGIN_NOT_ALLOWED(403, "The origin is not allowed"),
  /** The page belongs to a site that is not counted here. */
  SITE_NOT_CONFIGURED(403, "The site is not configured"),
  /** There is nothing at this path. */
  NOT_FOUND(404, "There is nothing here"),
  /** The path exists, but not for this method; the answer's {@code Allow} names those that work. */
  METHOD_NOT_ALLOWED(405, "The method is not allowed"),
  /** The body is longer than the function reads. */
  BODY_TOO_LARGE(413, "The body is too large"),
  /** Path and query are longer than the function reads. */
  URI_TOO_LONG(414, "The address is too long"),
  /** The body is not JSON, and does not claim to be. */
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  /** The client asks too often; {@code Retry-After} says when to try. */
  TOO_MANY_REQUESTS(429, "Too many requests"),
  /** The headers are longer than the function reads. */
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  /**
   * The store of the counters did not answer in time or refused; {@code Retry-After} says when to
   * try.
   */
  COUNTERS_UNAVAILABLE(503, "The counters are unavailable"),
  /** The count in the page's item is none; its owner has to mend it. */
  BROKEN_COUNTER(500, "The counter is broken"),
  /** A fault of ours. */
  INTERNAL_ERROR(500, "Something went wrong");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** The same words for every problem of this type. */
  public String title() {
    return title;
  }

  /** Short name, as in {@code malformed-request}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
