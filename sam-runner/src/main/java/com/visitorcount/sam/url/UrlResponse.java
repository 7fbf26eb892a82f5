package com.visitorcount.sam.url;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/**
 * The answer of a Function URL.
 *
 * @param headers from the function
 */
record UrlResponse(int status, HttpFields headers, ByteBuffer body) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CONTENT_TYPE = "content-type";
  private static final String DEFAULT_CONTENT_TYPE = "application/json";

  /** Headers that the server sets itself. */
  private static final Set<String> SERVER_HEADERS =
      Set.of("connection", "content-length", "date", "server", "transfer-encoding");

  /** An answer that does not come from the function. */
  static UrlResponse of(int status, String body) {
    return new UrlResponse(
        status,
        HttpFields.from(new HttpField(CONTENT_TYPE, DEFAULT_CONTENT_TYPE)),
        UTF_8.encode(body));
  }

  /**
   * Reads a function's answer. One without a status code becomes the body of a 200.
   *
   * @throws IllegalArgumentException if a Function URL cannot turn it into a response
   */
  static UrlResponse read(byte[] json) {
    JsonNode answer = tree(json);
    if (!answer.has("statusCode")) {
      return of(200, new String(json, UTF_8));
    }
    int status = answer.path("statusCode").asInt();
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("A response cannot have the status " + status);
    }
    HttpFields.Mutable headers = HttpFields.build();
    answer
        .path("headers")
        .properties()
        .forEach(
            header -> {
              String name = header.getKey().toLowerCase(Locale.ROOT);
              if (!SERVER_HEADERS.contains(name)) {
                headers.add(name, header.getValue().asText());
              }
            });
    if (!headers.contains(CONTENT_TYPE)) {
      headers.add(CONTENT_TYPE, DEFAULT_CONTENT_TYPE);
    }
    answer.path("cookies").forEach(cookie -> headers.add("set-cookie", cookie.asText()));
    String body = answer.path("body").asText("");
    return new UrlResponse(
        status,
        headers,
        answer.path("isBase64Encoded").asBoolean()
            ? ByteBuffer.wrap(Base64.getDecoder().decode(body))
            : UTF_8.encode(body));
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("The answer is not JSON", e);
    }
  }
}
