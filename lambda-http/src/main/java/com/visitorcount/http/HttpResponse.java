package com.visitorcount.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response.
 *
 * @param status HTTP status
 * @param headers by lower-case name; without CORS headers, which the Function URL adds
 * @param body text, or base64 of bytes; empty for none
 * @param base64 whether {@code body} is base64 of the bytes to send
 */
public record HttpResponse(int status, Map<String, String> headers, String body, boolean base64) {
  private static final int NOT_MODIFIED = 304;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String VARY = "vary";

  /**
   * Counts change with every view, so no cache may keep an answer unless the endpoint says so. The
   * Function URL adds CORS headers only if the request has an origin; if a cache served an answer
   * without them to a page of another origin, the page could not read it.
   */
  private static final Map<String, String> DEFAULT_HEADERS =
      Map.of("cache-control", "no-store", "x-content-type-options", "nosniff", VARY, "origin");

  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /** The text of an answer, written piece by piece and never held as a whole. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @throws IOException only as thrown by {@code out}, which stops a text that is too long
     */
    void writeTo(Writer out) throws IOException;
  }

  /**
   * A JSON answer that no cache keeps.
   *
   * @throws ProblemException 400 if Lambda would refuse it
   */
  public static HttpResponse json(int status, JsonNode body) {
    String text = BodyWriter.write(false, out -> JSON.writeValue(out, body)).body();
    return text(status, text).with(Map.of("content-type", "application/json"));
  }

  /** A plain-text answer that no cache keeps. */
  public static HttpResponse plainText(int status, String body) {
    return text(status, body).with(Map.of("content-type", "text/plain; charset=utf-8"));
  }

  /** Like {@link #compressed}, for JSON. */
  public static HttpResponse compressedJson(HttpRequest request, JsonNode body) {
    return compressed(request, "application/json", out -> JSON.writeValue(out, body));
  }

  /**
   * A text of any type, with status 200, that no cache keeps; compressed if that is worth it and
   * the client accepts it.
   *
   * @throws ProblemException 400 as soon as Lambda would refuse it, before all of it is written
   */
  public static HttpResponse compressed(HttpRequest request, String contentType, Content content) {
    BodyWriter body = BodyWriter.write(GzipCoding.isAcceptedBy(request), content);
    HttpResponse response =
        new HttpResponse(200, DEFAULT_HEADERS, body.body(), body.isCompressed())
            .with(Map.of("content-type", contentType))
            .varyingBy("accept-encoding");
    return body.isCompressed()
        ? response.with(Map.of("content-encoding", GzipCoding.NAME))
        : response;
  }

  /** A text of any type, with status 200, that no cache keeps. */
  public static HttpResponse of(String contentType, String body) {
    return text(200, body).with(Map.of("content-type", contentType));
  }

  /** Bytes of any type, with status 200, that no cache keeps. */
  public static HttpResponse of(String contentType, byte[] body) {
    return new HttpResponse(200, DEFAULT_HEADERS, base64(body), true)
        .with(Map.of("content-type", contentType));
  }

  private static String base64(byte[] body) {
    return Base64.getEncoder().encodeToString(body);
  }

  static HttpResponse text(int status, String body) {
    return new HttpResponse(status, DEFAULT_HEADERS, body, false);
  }

  /**
   * The same response with these headers, by lower-case name, each replacing one of the same name.
   */
  public HttpResponse with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new HttpResponse(status, all, body, base64);
  }

  /**
   * The same response, varying by this header as well: caches reuse it only for requests with the
   * same value.
   */
  public HttpResponse varyingBy(String lowerCaseName) {
    String before = headers.get(VARY);
    return with(Map.of(VARY, before == null ? lowerCaseName : before + ", " + lowerCaseName));
  }

  /**
   * The same response, also never kept by image proxies, some of which respect only one of these
   * directives.
   */
  public HttpResponse neverKept() {
    return with(Map.of("cache-control", "no-cache, no-store, max-age=0"));
  }

  /**
   * The same response with an {@code ETag} of its body; or, if the client's {@code If-None-Match}
   * says that it already has this body, 304 with the same headers and no body.
   */
  public HttpResponse unlessUnchanged(HttpRequest request) {
    EntityTag tag = EntityTag.of(body);
    HttpResponse tagged = with(Map.of("etag", tag.value()));
    return tag.isIn(request.header("if-none-match"))
        ? new HttpResponse(NOT_MODIFIED, tagged.headers, "", false)
        : tagged;
  }

  /** The same response without its body, for {@code HEAD}; the headers stay. */
  public HttpResponse withoutBody() {
    return new HttpResponse(status, headers, "", false);
  }
}
