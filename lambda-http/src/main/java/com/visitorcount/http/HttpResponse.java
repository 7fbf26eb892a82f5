package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * An HTTP response.
 *
 * @param status HTTP status
 * @param headers by lower-case name; none of CORS, which the Function URL adds
 * @param body text, or base64 of bytes; empty for none
 * @param base64 whether {@code body} is base64 of the bytes that are to be sent
 */
public record HttpResponse(int status, Map<String, String> headers, String body, boolean base64) {
  private static final int NOT_MODIFIED = 304;

  /** What fits into one packet is not there sooner when it is smaller. */
  private static final int LEAST_COMPRESSED_CHARACTERS = 1_000;

  private static final String VARY = "vary";

  /**
   * Counts change with every view, so no cache may keep an answer unless the endpoint says so. The
   * Function URL adds CORS headers to an answer only if the request has an origin; a cache that
   * gave one without them to a page of another origin would keep it from that page.
   */
  private static final Map<String, String> DEFAULT_HEADERS =
      Map.of("cache-control", "no-store", "x-content-type-options", "nosniff", VARY, "origin");

  public HttpResponse {
    headers = Map.copyOf(headers);
  }

  /** A JSON answer that no cache keeps. */
  public static HttpResponse json(int status, JsonNode body) {
    return text(status, body.toString()).with(Map.of("content-type", "application/json"));
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

  /** The same with these headers, by lower-case name, each in place of one of the same name. */
  public HttpResponse with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putAll(more);
    return new HttpResponse(status, all, body, base64);
  }

  /**
   * The same for caches to give only to requests with the same value of this header, beside those
   * that it varies by already.
   */
  public HttpResponse varyingBy(String lowerCaseName) {
    String before = headers.get(VARY);
    return with(Map.of(VARY, before == null ? lowerCaseName : before + ", " + lowerCaseName));
  }

  /** The same, never kept by image proxies either, some of which heed only one of these words. */
  public HttpResponse neverKept() {
    return with(Map.of("cache-control", "no-cache, no-store, max-age=0"));
  }

  /**
   * The same text compressed, where it is worth that and the client can undo it. To be called
   * before {@link #unlessUnchanged}, since either form has a tag of its own.
   */
  public HttpResponse compressedFor(HttpRequest request) {
    HttpResponse varying = varyingBy("accept-encoding");
    if (base64
        || body.length() < LEAST_COMPRESSED_CHARACTERS
        || !GzipCoding.isAcceptedBy(request)) {
      return varying;
    }
    String compressed = base64(GzipCoding.encode(body.getBytes(UTF_8)));
    return new HttpResponse(status, varying.headers, compressed, true)
        .with(Map.of("content-encoding", GzipCoding.NAME));
  }

  /**
   * The same with an {@code ETag} of its body; or, where the client says by {@code If-None-Match}
   * that it has this body already, 304 with the same headers and no body.
   */
  public HttpResponse unlessUnchanged(HttpRequest request) {
    EntityTag tag = EntityTag.of(body);
    HttpResponse tagged = with(Map.of("etag", tag.value()));
    return tag.isIn(request.header("if-none-match"))
        ? new HttpResponse(NOT_MODIFIED, tagged.headers, "", false)
        : tagged;
  }

  /** The same without its body, as the answer to {@code HEAD}; the headers stay. */
  public HttpResponse withoutBody() {
    return new HttpResponse(status, headers, "", false);
  }
}
