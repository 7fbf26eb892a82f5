package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.GzipCoding;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.web.WebFile;
import com.visitorcount.web.WebFiles;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code GET} of the files that browsers load, compressed for clients that accept it. They count
 * nothing, so they write no record.
 */
final class FileEndpoint implements Endpoint {
  /**
   * Each fetch costs a request. A new release reaches every visitor who comes twice within a week,
   * and nobody waits for it.
   */
  private static final String CACHE_CONTROL =
      "public, max-age=86400, stale-while-revalidate=604800";

  /** For names that contain the hash of the content. */
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /** For the dashboard's page, which links the other files of its release. */
  private static final String ALWAYS_ASKED_FOR = "no-cache";

  private static final String POLICY =
      "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ";

  private static final Map<String, String> DASHBOARD_HEADERS =
      Map.of(
          "content-security-policy", POLICY + "'none'",
          "referrer-policy", "no-referrer",
          "x-frame-options", "DENY");

  /** For a page that never acts with its owner's token, so framing it allows no clickjacking. */
  private static final Map<String, String> FRAMED_HEADERS =
      Map.of("content-security-policy", POLICY + "*", "referrer-policy", "no-referrer");

  /** The dashboard's path as people type it. */
  static final String DASHBOARD = "/dashboard";

  private static final int PERMANENT_REDIRECT = 308;

  private static final Pattern QUERY = Pattern.compile("[!-~]+");

  private final WebFiles files;
  private final boolean forEveryone;

  /**
   * @param forEveryone whether statistics are public
   */
  FileEndpoint(WebFiles files, boolean forEveryone) {
    this.files = requireNonNull(files, "files");
    this.forEveryone = forEveryone;
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (request.path().equals(DASHBOARD)) {
      request.requireMethod("GET", "HEAD");
      // it may contain the key of a share link; text that is not valid in a URL must not get into a
      // header
      boolean kept = QUERY.matcher(request.query()).matches();
      String query = kept ? "?" + request.query() : "";
      return new HttpResponse(
          PERMANENT_REDIRECT,
          Map.of(
              "location",
              WebFiles.DASHBOARD + query,
              "cache-control",
              CACHE_CONTROL,
              "vary",
              "origin"),
          "",
          false);
    }
    WebFile file = files.find(request.path());
    if (file == null) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There is no such file. Counts are read by GET from /?page=….");
    }
    request.requireMethod("GET", "HEAD");
    record.note("file", request.path());
    return representation(file, request)
        .with(Map.of("cache-control", cacheControl(request.path())))
        .varyingBy("accept-encoding")
        .with(headers(request))
        .unlessUnchanged(request);
  }

  private String cacheControl(String path) {
    if (!isOfDashboard(path)) {
      return CACHE_CONTROL;
    }
    return files.isImmutable(path) ? IMMUTABLE : ALWAYS_ASKED_FOR;
  }

  private Map<String, String> headers(HttpRequest request) {
    if (!isOfDashboard(request.path())) {
      return Map.of();
    }
    QueryParameters query = request.queryParameters();
    // with a panel, the page never has a token
    boolean framed = query.first("panel") != null && (forEveryone || query.first("share") != null);
    return framed ? FRAMED_HEADERS : DASHBOARD_HEADERS;
  }

  private static boolean isOfDashboard(String path) {
    return path.startsWith(WebFiles.DASHBOARD);
  }

  private static HttpResponse representation(WebFile file, HttpRequest request) {
    if (GzipCoding.isAcceptedBy(request)) {
      return HttpResponse.of(file.contentType(), file.gzip())
          .with(Map.of("content-encoding", GzipCoding.NAME));
    }
    return HttpResponse.of(file.contentType(), file.plain());
  }
}
