package com.visitorcount.sam.url;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/**
 * An HTTP request to a Function URL, without its body.
 *
 * @param path percent-encoded, like the query; neither includes the {@code ?}
 * @param protocol such as {@code HTTP/1.1}
 * @param headers by lower-case name
 */
public record UrlRequest(
    String method,
    String path,
    String query,
    String protocol,
    String host,
    int port,
    String sourceIp,
    Map<String, String> headers,
    List<String> cookies) {
  private static final String COOKIE = "cookie";

  /** Headers of a single connection, which do not reach the function. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of("connection", "expect", "keep-alive", "te", "transfer-encoding", "upgrade");

  public UrlRequest {
    requireNonNull(method, "method");
    requireNonNull(path, "path");
    requireNonNull(query, "query");
    requireNonNull(protocol, "protocol");
    requireNonNull(host, "host");
    requireNonNull(sourceIp, "sourceIp");
    headers = Map.copyOf(headers);
    cookies = List.copyOf(cookies);
  }

  static UrlRequest of(Request request) {
    return new UrlRequest(
        request.getMethod(),
        Objects.requireNonNullElse(request.getHttpURI().getPath(), ""),
        Objects.requireNonNullElse(request.getHttpURI().getQuery(), ""),
        request.getConnectionMetaData().getHttpVersion().asString(),
        Request.getServerName(request),
        Request.getServerPort(request),
        Request.getRemoteAddr(request),
        headers(request),
        cookies(request));
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new TreeMap<>();
    for (HttpField field : request.getHeaders()) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!name.equals(COOKIE) && !CONNECTION_HEADERS.contains(name)) {
        headers.merge(
            name,
            Objects.requireNonNullElse(field.getValue(), ""),
            (before, value) -> before + "," + value);
      }
    }
    return headers;
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
}
