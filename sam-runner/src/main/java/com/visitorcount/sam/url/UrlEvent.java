package com.visitorcount.sam.url;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a Function URL event, payload format 2.0, from an HTTP request. */
public final class UrlEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String FORWARDED_FOR = "x-forwarded-for";

  /**
   * Types besides {@code text/*} that reach a function as they are. Everything else becomes base64.
   */
  private static final Set<String> TEXT_TYPES =
      Set.of("application/javascript", "application/json", "application/xml");

  private UrlEvent() {}

  /** The event as JSON. Path and query stay percent-encoded, including malformed escapes. */
  public static byte[] json(UrlRequest request, byte[] body, Instant now) {
    Map<String, String> headers = headers(request);
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", request.path());
    event.put("rawQueryString", request.query());
    if (!request.cookies().isEmpty()) {
      event.set("cookies", JSON.valueToTree(request.cookies()));
    }
    event.set("headers", JSON.valueToTree(headers));
    if (!request.query().isEmpty()) {
      event.set("queryStringParameters", JSON.valueToTree(parameters(request.query())));
    }
    event.set("requestContext", context(request, headers, now));
    if (body.length > 0) {
      boolean text = isText(headers.get("content-type"));
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      event.put("isBase64Encoded", !text);
    } else {
      event.put("isBase64Encoded", false);
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts is always JSON", e);
    }
  }

  private static ObjectNode context(UrlRequest request, Map<String, String> headers, Instant now) {
    ObjectNode context = JSON.createObjectNode();
    context.put("accountId", "anonymous");
    context.put("apiId", "local");
    context.put("domainName", request.host());
    context.put("domainPrefix", "local");
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.path())
        .put("protocol", request.protocol())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", headers.get("user-agent"));
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", "$default");
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static Map<String, String> headers(UrlRequest request) {
    Map<String, String> headers = new TreeMap<>(request.headers());
    headers.merge(FORWARDED_FOR, request.sourceIp(), (before, last) -> before + ", " + last);
    headers.put("x-forwarded-port", Integer.toString(request.port()));
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      parameters.merge(decoded(name), decoded(value), (before, next) -> before + "," + next);
    }
    return parameters;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return text;
    }
  }

  private static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || TEXT_TYPES.contains(type);
  }
}
