package com.visitorcount.sam.url;

import com.visitorcount.sam.template.Cors;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * The CORS headers of a Function URL. AWS answers preflights itself and adds its headers to every
 * other answer, in addition to the function's: a function that sets its own sends them twice, which
 * no browser accepts. The same happens here.
 */
final class CorsHeaders {
  private static final String ORIGIN = "origin";
  private static final String REQUEST_METHOD = "access-control-request-method";

  private final @Nullable Cors cors;

  CorsHeaders(@Nullable Cors cors) {
    this.cors = cors;
  }

  /** Whether the request is a preflight, which the URL answers without the function. */
  boolean isPreflight(String method, HttpFields headers) {
    return cors != null
        && method.equals("OPTIONS")
        && headers.contains(ORIGIN)
        && headers.contains(REQUEST_METHOD);
  }

  /** The headers of the answer to a preflight. */
  HttpFields ofPreflight(HttpFields request) {
    HttpFields.Mutable headers = HttpFields.build(ofOrigin(request));
    if (cors != null && headers.contains("access-control-allow-origin")) {
      add(headers, "access-control-allow-methods", cors.allowMethods());
      add(headers, "access-control-allow-headers", cors.allowHeaders());
      if (cors.maxAgeSeconds() > 0) {
        headers.add("access-control-max-age", cors.maxAgeSeconds());
      }
    }
    return headers;
  }

  /** The headers of any other answer. */
  HttpFields ofAnswer(HttpFields request) {
    HttpFields.Mutable headers = HttpFields.build(ofOrigin(request));
    if (cors != null && headers.contains("access-control-allow-origin")) {
      add(headers, "access-control-expose-headers", cors.exposeHeaders());
    }
    return headers;
  }

  private HttpFields ofOrigin(HttpFields request) {
    HttpFields.Mutable headers = HttpFields.build();
    @Nullable String origin = request.get(ORIGIN);
    if (cors == null || origin == null) {
      return headers;
    }
    if (!cors.anyOrigin()) {
      headers.add("vary", "Origin");
    }
    if (cors.allows(origin)) {
      headers.add("access-control-allow-origin", cors.anyOrigin() ? "*" : origin);
      if (cors.allowCredentials()) {
        headers.add("access-control-allow-credentials", "true");
      }
    }
    return headers;
  }

  private static void add(HttpFields.Mutable headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.add(new HttpField(name, String.join(",", values)));
    }
  }
}
