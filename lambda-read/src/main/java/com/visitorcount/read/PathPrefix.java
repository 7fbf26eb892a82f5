package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.RequestRecord;

/** Passes requests whose path begins with a prefix to one endpoint, and all others to another. */
record PathPrefix(String prefix, Endpoint endpoint, Endpoint others) implements Endpoint {
  PathPrefix {
    requireNonNull(prefix, "prefix");
    requireNonNull(endpoint, "endpoint");
    requireNonNull(others, "others");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    return of(request).answer(request, record);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return of(request).problem(problem, request);
  }

  private Endpoint of(HttpRequest request) {
    return request.path().startsWith(prefix) ? endpoint : others;
  }
}
