package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import java.time.Clock;

/**
 * Refuses clients that send too many requests before any work is done for them. It covers only this
 * sandbox: the cost of a flood is bounded by the tables' capacity limits and by reserved
 * concurrency.
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

  /** Requests a second for each client, from {@code CLIENT_REQUESTS_PER_SECOND}. */
  public static int requestsPerSecond(Environment environment) {
    return environment.wholeNumber("CLIENT_REQUESTS_PER_SECOND", 0, MAX_REQUESTS_PER_SECOND);
  }

  /**
   * The endpoint behind a limit.
   *
   * @param requestsPerSecond for each client, with bursts of five times as many; 0: no limit
   */
  public static Endpoint of(
      Endpoint endpoint, ClientAddress address, int requestsPerSecond, Clock clock) {
    return requestsPerSecond == 0
        ? endpoint
        : new RateLimited(endpoint, address, RateLimit.perSecond(requestsPerSecond, clock));
  }

  /**
   * @throws ProblemException 429 for a client that sends too many requests
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
