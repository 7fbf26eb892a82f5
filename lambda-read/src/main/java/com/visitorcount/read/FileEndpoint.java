package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.GzipCoding;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.web.WebFile;
import com.visitorcount.web.WebFiles;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code GET} of the files that browsers load, compressed for those that can undo it. They count
 * nothing, so they leave no record.
 */
final class FileEndpoint implements Endpoint {
  /**
   * Each fetch is a request that is paid for. A new release reaches every visitor who comes twice
   * within a week, and nobody waits for it.
   */
  private static final String CACHE_CONTROL =
      "public, max-age=86400, stale-while-revalidate=604800";

  /** For a name that has the hash of its content. */
  private static final String IMMUTABLE = "public, max-age=31536000, immutable";

  /** For the dashboard's page, which names the other files of its release. */
  private static final String ALWAYS_ASKED_FOR = "no-cache";

  private static final Map<String, String> DASHBOARD_HEADERS =
      Map.of(
          "content-security-policy",
              "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "referrer-policy", "no-referrer",
          "x-frame-options", "DENY");

  /** The dashboard's address as people type it. */
  static final String DASHBOARD = "/dashboard";

  private static final int PERMANENT_REDIRECT = 308;

  private static final Pattern QUERY = Pattern.compile("[!-~]+");

  private final WebFiles files;

  FileEndpoint(WebFiles files) {
    this.files = requireNonNull(files, "files");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (request.path().equals(DASHBOARD)) {
      request.requireMethod("GET", "HEAD");
      // it may hold the key of a shared link; what no address can hold goes into no header
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
        .with(isOfDashboard(request.path()) ? DASHBOARD_HEADERS : Map.of())
        .unlessUnchanged(request);
  }

  private String cacheControl(String path) {
    if (!isOfDashboard(path)) {
      return CACHE_CONTROL;
    }
    return files.isImmutable(path) ? IMMUTABLE : ALWAYS_ASKED_FOR;
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
