package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body as one JSON object, whatever its content type: beacons send {@code
 * text/plain}, {@code curl -d} a form type, some clients none. It may begin with a byte order mark.
 * Otherwise strict: UTF-8, no duplicate names, nothing after the object, at most {@value
 * #MAX_BYTES} bytes and {@value #MAX_DEPTH} levels.
 */
public final class JsonBody {
  /** Longest body, in bytes after base64 decoding. */
  public static final int MAX_BYTES = 8_192;

  /** Deepest nesting. */
  public static final int MAX_DEPTH = 16;

  private static final int MAX_DIGITS = 64;

  private static final ObjectReader READER =
      new JsonMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_DIGITS)
                          .maxStringLength(MAX_BYTES)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .readerFor(JsonNode.class)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Types that senders use for JSON or by default; invalid JSON under any other type is a 415. */
  private static final Set<String> JSON_TYPES = Set.of("application/json", "text/plain");

  private static final int UTF_16_START_BYTES = 16;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private JsonBody() {}

  /**
   * The object in the body, null if the request has no body.
   *
   * @throws ProblemException 413 if the body is too long, 400 if it is not a JSON object, or 415
   *     instead if the content type is not one for JSON
   */
  public static @Nullable ObjectNode read(HttpRequest request) {
    byte[] body = request.body(MAX_BYTES);
    if (body.length == 0) {
      return null;
    }
    if (isUtf16(body)) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST, "The body is UTF-16; send it as UTF-8.");
    }
    try {
      // Jackson guesses UTF-8, UTF-16 or UTF-32 from the first bytes, and accepts invalid UTF-8
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      if (text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(BYTE_ORDER_MARK.length());
      }
      if (READER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
      throw notJson(request, "The body must be a JSON object, as in {\"page\":\"main_page\"}.");
    } catch (CharacterCodingException e) {
      throw notJson(request, "The body is not UTF-8.");
    } catch (JsonProcessingException e) {
      throw notJson(request, "The body is not well-formed JSON" + place(e) + ".");
    }
  }

  /** The JSON in a text inside a body, with the same limits; a missing node if it is invalid. */
  public static JsonNode nested(String text) {
    try {
      return READER.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * Detected by the zero byte next to the opening brace. Lambda expands a byte order mark, so the
   * brace may be several bytes in.
   */
  private static boolean isUtf16(byte[] body) {
    for (int i = 0; i < Math.min(body.length, UTF_16_START_BYTES); i++) {
      if (body[i] == '{') {
        return (i > 0 && body[i - 1] == 0) || (i + 1 < body.length && body[i + 1] == 0);
      }
    }
    return false;
  }

  /** Where the parser stopped. Its own message would repeat what the client sent. */
  private static String place(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line "
            + e.getLocation().getLineNr()
            + ", column "
            + e.getLocation().getColumnNr()
            + ")";
  }

  private static ProblemException notJson(HttpRequest request, String detail) {
    String type = request.mediaType();
    if (type == null || JSON_TYPES.contains(type) || type.endsWith("+json")) {
      return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }
    return new ProblemException(
        ProblemType.UNSUPPORTED_MEDIA_TYPE,
        "Send the body as a JSON object; any content type will do.");
  }
}
