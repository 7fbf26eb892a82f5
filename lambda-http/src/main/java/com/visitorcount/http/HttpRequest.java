package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request as a Function URL delivers it.
 *
 * @param id id of the Lambda request
 * @param method as sent, upper case by convention
 * @param path still percent-encoded, begins with a slash
 * @param query still percent-encoded, empty for none
 * @param headers by lower-case name; repeated ones joined by commas
 * @param rawBody as received, null for none
 * @param base64 whether {@code rawBody} is base64 of the bytes that were sent
 * @param sourceIp address at the other end of the connection, which no header can change; never
 *     store or log it
 */
public record HttpRequest(
    String id,
    String method,
    String path,
    String query,
    Map<String, String> headers,
    @Nullable String rawBody,
    boolean base64,
    String sourceIp) {
  public HttpRequest {
    headers = Map.copyOf(headers);
  }

  /** The value of a header, null if it is absent. */
  public @Nullable String header(String lowerCaseName) {
    return headers.get(lowerCaseName);
  }

  /** The client's user agent, empty for none. Never store or log it. */
  public String userAgent() {
    return headers.getOrDefault("user-agent", "");
  }

  /**
   * Refuses methods that the endpoint does not support.
   *
   * @param allowed methods in the order in which {@code Allow} lists them
   * @throws ProblemException 405 for any other method
   */
  public void requireMethod(String... allowed) {
    List<String> methods = List.of(allowed);
    if (!methods.contains(method)) {
      throw ProblemException.methodNotAllowed(String.join(", ", methods));
    }
  }

  /** The media type of the body in lower case, without parameters; null if none is given. */
  public @Nullable String mediaType() {
    String type = headers.get("content-type");
    if (type == null || type.isBlank()) {
      return null;
    }
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
  }

  /** The parameters of the query, decoded once. */
  public QueryParameters queryParameters() {
    return QueryParameters.parse(query);
  }

  /**
   * The body as bytes.
   *
   * @throws ProblemException 413 if there are more than {@code maxBytes}, 400 if the base64 is
   *     invalid
   */
  public byte[] body(int maxBytes) {
    if (rawBody == null) {
      return new byte[0];
    }
    // a longer text has too many bytes in any case, so there is no need to decode it
    if (rawBody.length() > (base64 ? maxBytes / 3 * 4 + 4 : maxBytes)) {
      throw tooLarge(maxBytes);
    }
    byte[] bytes = base64 ? decode(rawBody) : rawBody.getBytes(UTF_8);
    if (bytes.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return bytes;
  }

  private static byte[] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body is marked as base64 but is not valid base64.");
    }
  }

  private static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        ProblemType.BODY_TOO_LARGE, "The body may have at most " + maxBytes + " bytes.");
  }
}
