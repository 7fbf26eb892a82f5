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

/** {@code GET} of the files that browsers load, compressed for those that can undo it. */
final class FileEndpoint implements Endpoint {
  /** A new release reaches every page within the hour, and an old one is asked for once in it. */
  private static final String CACHE_CONTROL = "public, max-age=3600";

  /**
   * Page and script of the dashboard are of one release, so each time it is asked whether they are.
   */
  private static final Map<String, String> DASHBOARD_HEADERS =
      Map.of(
          "cache-control", "no-cache",
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
    request.requireMethod("GET", "HEAD");
    if (request.path().equals(DASHBOARD)) {
      // it may hold the key of a shared link; what no address can hold goes into no header
      boolean kept = QUERY.matcher(request.query()).matches();
      String query = kept ? "?" + request.query() : "";
      return new HttpResponse(
          PERMANENT_REDIRECT,
          Map.of("location", WebFiles.DASHBOARD + query, "cache-control", CACHE_CONTROL),
          "",
          false);
    }
    WebFile file = files.find(request.path());
    if (file == null) {
      throw new ProblemException(ProblemType.NOT_FOUND, "There is no such file.");
    }
    record.note("file", request.path());
    return representation(file, request)
        .with(Map.of("cache-control", CACHE_CONTROL, "vary", "accept-encoding"))
        .with(request.path().startsWith(WebFiles.DASHBOARD) ? DASHBOARD_HEADERS : Map.of())
        .unlessUnchanged(request);
  }

  private static HttpResponse representation(WebFile file, HttpRequest request) {
    if (GzipCoding.isAcceptedBy(request)) {
      return HttpResponse.of(file.contentType(), file.gzip())
          .with(Map.of("content-encoding", GzipCoding.NAME));
    }
    return HttpResponse.of(file.contentType(), file.plain());
  }
}
