package com.visitorcount.local.url;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Makes the event of a Function URL, payload format 2.0, out of an HTTP request. */
final class UrlEvent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String COOKIE = "cookie";
  private static final String FORWARDED_FOR = "x-forwarded-for";

  /** What is said of one connection, which ends before the function. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of("connection", "expect", "keep-alive", "te", "transfer-encoding", "upgrade");

  /** Besides {@code text/*}: what reaches a function as it is. All else is Base64. */
  private static final Set<String> TEXT_TYPES =
      Set.of("application/javascript", "application/json", "application/xml");

  private UrlEvent() {}

  /** The event as JSON. Path and query stay percent-encoded in it, malformed escapes too. */
  static byte[] json(Request request, byte[] body, Instant now) {
    String path = Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
    String query = Objects.requireNonNullElse(request.getHttpURI().getQuery(), "");
    Map<String, String> headers = headers(request);

    ObjectNode event = JSON.createObjectNode();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put("rawPath", path);
    event.put("rawQueryString", query);
    List<String> cookies = cookies(request);
    if (!cookies.isEmpty()) {
      event.set("cookies", JSON.valueToTree(cookies));
    }
    event.set("headers", JSON.valueToTree(headers));
    if (!query.isEmpty()) {
      event.set("queryStringParameters", JSON.valueToTree(parameters(query)));
    }
    event.set("requestContext", context(request, path, headers, now));
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

  private static ObjectNode context(
      Request request, String path, Map<String, String> headers, Instant now) {
    String domain = Request.getServerName(request);
    ObjectNode context = JSON.createObjectNode();
    context.put("accountId", "anonymous");
    context.put("apiId", "local");
    context.put("domainName", domain);
    context.put("domainPrefix", "local");
    context
        .putObject("http")
        .put("method", request.getMethod())
        .put("path", path)
        .put("protocol", request.getConnectionMetaData().getHttpVersion().asString())
        .put("sourceIp", Request.getRemoteAddr(request))
        .put("userAgent", headers.get("user-agent"));
    context.put("requestId", UUID.randomUUID().toString());
    context.put("routeKey", "$default");
    context.put("stage", "$default");
    context.put("time", TIME.format(now));
    context.put("timeEpoch", now.toEpochMilli());
    return context;
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!name.equals(COOKIE) && !CONNECTION_HEADERS.contains(name)) {
        headers.merge(name, Objects.requireNonNullElse(field.getValue(), ""), UrlEvent::joined);
      }
    }
    headers.merge(
        FORWARDED_FOR, Request.getRemoteAddr(request), (before, last) -> before + ", " + last);
    headers.put("x-forwarded-port", Integer.toString(Request.getServerPort(request)));
    headers.put("x-forwarded-proto", "http");
    return headers;
  }

  private static String joined(String before, String value) {
    return before + "," + value;
  }

  private static List<String> cookies(Request request) {
    List<String> cookies = new ArrayList<>();
    for (String header : request.getHeaders().getValuesList(COOKIE)) {
      for (String cookie : header.split(";", -1)) {
        cookies.add(cookie.strip());
      }
    }
    return cookies;
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new TreeMap<>();
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      String value = equals < 0 ? "" : parameter.substring(equals + 1);
      parameters.merge(decoded(name), decoded(value), UrlEvent::joined);
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
