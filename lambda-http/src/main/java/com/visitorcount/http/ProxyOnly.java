package com.visitorcount.http;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that bypass the owner's proxy. The proxy adds a secret header to each request,
 * so the function's own URL cannot be used directly.
 */
public final class ProxyOnly implements Endpoint {
  /** Lower-case name of the header that the proxy adds. */
  public static final String HEADER = "x-origin-verify";

  private final Endpoint endpoint;
  private final SecretHash secret;

  private ProxyOnly(Endpoint endpoint, SecretHash secret) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.secret = requireNonNull(secret, "secret");
  }

  /** The hash in {@code ORIGIN_SECRET_SHA256}; none if it is absent. */
  public static SecretHash secret(Environment environment) {
    try {
      return SecretHash.of(environment.optional("ORIGIN_SECRET_SHA256"));
    } catch (IllegalArgumentException e) {
      environment.fault("ORIGIN_SECRET_SHA256 " + e.getMessage());
      return SecretHash.of("");
    }
  }

  /**
   * The endpoint behind the check.
   *
   * @param secret what the header must contain; none: every request is let through
   */
  public static Endpoint of(Endpoint endpoint, SecretHash secret) {
    return secret.isNone() ? endpoint : new ProxyOnly(endpoint, secret);
  }

  /**
   * @throws ProblemException 403 for a request without the secret
   */
  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    @Nullable String sent = request.header(HEADER);
    if (sent == null || !secret.matches(sent)) {
      throw new ProblemException(
          ProblemType.NOT_THROUGH_PROXY, "Use the URL provided by the owner of this service.");
    }
    return endpoint.answer(request, record);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return endpoint.problem(problem, request);
  }
}
