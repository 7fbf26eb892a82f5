package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RateLimit;
import com.visitorcount.http.RequestRecord;
import java.time.Clock;
import java.time.Duration;

/**
 * Refuses clients that have sent many wrong tokens or keys before checking another, even the right
 * one: otherwise guessing could continue. Requests without any do not count as guesses. Tells
 * caches, including browsers', that every answer depends on the token.
 */
final class FailedAuthLimit implements Endpoint {
  private static final String AUTHORIZATION = "authorization";

  /** A dashboard with an outdated token sends it with all its requests at once. */
  private static final int TRIES_AT_ONCE = 30;

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final Endpoint endpoint;
  private final ClientAddress address;
  private final RateLimit tries;

  /**
   * @param tries limit on wrong tries, shared by several endpoints
   */
  FailedAuthLimit(Endpoint endpoint, ClientAddress address, RateLimit tries) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.address = requireNonNull(address, "address");
    this.tries = requireNonNull(tries, "tries");
  }

  /** The limit on a client's wrong tries. */
  static RateLimit limit(Clock clock) {
    return new RateLimit(INTERVAL, TRIES_AT_ONCE, clock);
  }

  /**
   * @throws ProblemException 429 after too many wrong tries
   */
  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    return varying(tries(request) ? limited(request, record) : endpoint.answer(request, record));
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return varying(endpoint.problem(problem, request));
  }

  private static HttpResponse varying(HttpResponse response) {
    return response.varyingBy(AUTHORIZATION);
  }

  private HttpResponse limited(HttpRequest request, RequestRecord record) {
    String client = address.networkOf(request);
    int waitSeconds = tries.secondsToWait(client);
    if (waitSeconds > 0) {
      throw ProblemException.tooManyRequests(
          "Your address sent too many wrong tokens or keys.", waitSeconds);
    }
    try {
      return endpoint.answer(request, record);
    } catch (ProblemException e) {
      if (e.problem().type() == ProblemType.UNAUTHORIZED) {
        tries.take(client);
      }
      throw e;
    }
  }

  private static boolean tries(HttpRequest request) {
    return request.header(AUTHORIZATION) != null
        || request.queryParameters().first("share") != null;
  }
}
