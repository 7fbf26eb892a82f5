package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/**
 * Turns clients away who ask too often, before anything is done for them. A brake for this sandbox
 * alone: what a flood can cost is bounded by the tables' ceilings and by reserved concurrency.
 */
public final class RateLimited implements Endpoint {
  private static final int MAX_REQUESTS_PER_SECOND = 1_000;

  private final Endpoint endpoint;
  private final ClientAddress address;
  private final RateLimit limit;

  private RateLimited(Endpoint endpoint, ClientAddress address, RateLimit limit) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.address = requireNonNull(address, "address");
    this.limit = requireNonNull(limit, "limit");
  }

  /** How many requests a second {@code CLIENT_REQUESTS_PER_SECOND} gives each client. */
  public static int requestsPerSecond(Environment environment) {
    return environment.wholeNumber("CLIENT_REQUESTS_PER_SECOND", 0, MAX_REQUESTS_PER_SECOND);
  }

  /**
   * The endpoint behind a limit.
   *
   * @param requestsPerSecond of each client, which may make five times as many at once; 0: no limit
   */
  public static Endpoint of(
      Endpoint endpoint, ClientAddress address, int requestsPerSecond, Clock clock) {
    return requestsPerSecond == 0
        ? endpoint
        : new RateLimited(endpoint, address, RateLimit.perSecond(requestsPerSecond, clock));
  }

  /**
   * @throws ProblemException 429 for a client who asks too often
   */
  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    int waitSeconds = limit.take(address.networkOf(request));
    if (waitSeconds > 0) {
      throw ProblemException.tooManyRequests(
          "Too many requests came from your address in a short time.", waitSeconds);
    }
    return endpoint.answer(request, record);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return endpoint.problem(problem, request);
  }
}
