package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Passes each request to the endpoint of its path. */
public final class Router implements Endpoint {
  private final Map<String, Endpoint> endpoints;
  private final Endpoint others;

  /**
   * @param endpoints by exact path, still percent-encoded
   * @param others for every other path; refuses paths that it does not know
   */
  public Router(Map<String, Endpoint> endpoints, Endpoint others) {
    this.endpoints = Map.copyOf(endpoints);
    this.others = requireNonNull(others, "others");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    return endpoint(request).answer(request, record);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return endpoint(request).problem(problem, request);
  }

  private Endpoint endpoint(HttpRequest request) {
    return endpoints.getOrDefault(request.path(), others);
  }
}
