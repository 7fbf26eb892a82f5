package com.visitorcount.http;

import java.util.Locale;

/** All types of problems. Each has a heading in {@code docs/api.md}. */
public enum ProblemType {
  /** The body is not JSON, or not of the required form. */
  MALFORMED_REQUEST(400, "The request is malformed"),
  /** The request has no page, or an invalid one. */
  INVALID_PAGE(400, "The page is invalid"),
  /** The id of the view is invalid. */
  INVALID_VIEW(400, "The view is invalid"),
  /** The name of the event is invalid. */
  INVALID_EVENT(400, "The event is invalid"),
  /** A parameter of the query is invalid. */
  INVALID_QUERY(400, "The query is invalid"),
  /** The answer would exceed the size limit of a function's answer. */
  ANSWER_TOO_LARGE(400, "The answer is too large"),

  /** A token is required, and is missing or wrong. */
  UNAUTHORIZED(401, "A token is required"),

  /** The request did not come through the owner's proxy. */
  NOT_THROUGH_PROXY(403, "The function cannot be reached directly"),
  /** The origin of the browser's page may not count here. */
  ORIGIN_NOT_ALLOWED(403, "The origin is not allowed"),
  /** The page belongs to a site that is not counted here. */
  SITE_NOT_CONFIGURED(403, "The site is not configured"),
  /** Nothing exists at this path. */
  NOT_FOUND(404, "Not found"),
  /**
   * The path does not support this method; {@code Allow} in the answer lists those that it does.
   */
  METHOD_NOT_ALLOWED(405, "The method is not allowed"),
  /** The body is longer than allowed. */
  BODY_TOO_LARGE(413, "The body is too large"),
  /** Path and query are longer than allowed. */
  URI_TOO_LONG(414, "The URL is too long"),
  /** The body is not JSON, and does not claim to be. */
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  /** The client sends too many requests; {@code Retry-After} says when to try again. */
  TOO_MANY_REQUESTS(429, "Too many requests"),
  /** The headers are longer than allowed. */
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  /**
   * The counters' store did not answer in time or refused; {@code Retry-After} says when to try
   * again.
   */
  COUNTERS_UNAVAILABLE(503, "The counters are unavailable"),
  /** The count in the page's item is invalid; the owner has to repair it. */
  BROKEN_COUNTER(500, "The counter is broken"),
  /** An error on our side. */
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

  /** The same text for every problem of this type. */
  public String title() {
    return title;
  }

  /** Short name, such as {@code malformed-request}. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
