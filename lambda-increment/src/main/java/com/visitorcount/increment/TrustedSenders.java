package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.Environment;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.SecretHash;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets the owner's servers count for their visitors. A request with the token counts as coming from
 * the first address in its {@code X-Forwarded-For}, as if the visitor had sent it; what proxies add
 * about the server is ignored. Anyone can send that header, so it means nothing without the token.
 */
final class TrustedSenders implements Endpoint {
  private static final Pattern BEARER = Pattern.compile("(?i:Bearer) +([!-~]{1,256}) *");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}");

  private final Endpoint endpoint;
  private final SecretHash token;
  private final Set<String> proxyHeaders;

  private TrustedSenders(Endpoint endpoint, SecretHash token, Set<String> proxyHeaders) {
    this.endpoint = requireNonNull(endpoint, "endpoint");
    this.token = requireNonNull(token, "token");
    this.proxyHeaders = Set.copyOf(proxyHeaders);
  }

  /** The hash in {@code SENDER_TOKEN_SHA256}; none if it is absent. */
  static SecretHash token(Environment environment) {
    try {
      return SecretHash.of(environment.optional("SENDER_TOKEN_SHA256"));
    } catch (IllegalArgumentException e) {
      environment.fault("SENDER_TOKEN_SHA256 " + e.getMessage());
      return SecretHash.of("");
    }
  }

  /**
   * Wraps an endpoint.
   *
   * @param token none: no sender is trusted
   * @param proxyHeaders lower-case names of the headers in which a proxy describes its client
   */
  static Endpoint of(Endpoint endpoint, SecretHash token, Set<String> proxyHeaders) {
    return token.isNone() ? endpoint : new TrustedSenders(endpoint, token, proxyHeaders);
  }

  /**
   * @throws ProblemException 401 for a wrong token
   */
  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    String authorization = request.header("authorization");
    if (authorization == null) {
      return endpoint.answer(request, record);
    }
    Matcher bearer = BEARER.matcher(authorization);
    if (!bearer.matches()) {
      return endpoint.answer(request, record);
    }
    if (!token.matches(bearer.group(1))) {
      throw new ProblemException(
          new Problem(
              ProblemType.UNAUTHORIZED,
              "This is not the token of TrustedSenderTokenSha256.",
              Map.of("www-authenticate", "Bearer realm=\"VisitorCount\"")));
    }
    return endpoint.answer(ofVisitor(request), record);
  }

  private HttpRequest ofVisitor(HttpRequest request) {
    String forwarded = request.header("x-forwarded-for");
    String first = forwarded == null ? "" : forwarded.split(",", 2)[0].strip();
    if (!ADDRESS.matcher(first).matches()) {
      throw new ProblemException(
          ProblemType.INVALID_VIEW, "X-Forwarded-For must have the visitor's address.");
    }
    Map<String, String> headers = new HashMap<>(request.headers());
    headers.keySet().removeAll(proxyHeaders);
    return new HttpRequest(
        request.id(),
        request.method(),
        request.path(),
        request.query(),
        headers,
        request.rawBody(),
        request.base64(),
        first.toLowerCase(Locale.ROOT));
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return endpoint.problem(problem, request);
  }
}
