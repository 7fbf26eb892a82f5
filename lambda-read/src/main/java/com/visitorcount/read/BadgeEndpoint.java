package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.badge.BadgeRequest;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import java.util.Map;

/** {@code GET /badge.svg}: the count of a page or site as an image; problems are images too. */
final class BadgeEndpoint implements Endpoint {
  /** Image proxies load a badge for many readers, and each load invokes the function. */
  private static final String CACHE_CONTROL = "max-age=300, s-maxage=300";

  private static final int MAX_AGE_SECONDS = 300;

  private final Settings settings;
  private final Shown.Reader reader;

  BadgeEndpoint(Settings settings, Shown.Reader reader) {
    this.settings = requireNonNull(settings, "settings");
    this.reader = requireNonNull(reader, "reader");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    BadgeRequest badge = BadgeRequest.of(request);
    Shown shown = reader.read(request, badge::withBase, record);
    record.count(Metric.READS);
    CountAccess access = settings.countAccess();
    return badge
        .image(shown.label(), shown.numbers(), shown.bars())
        .with(
            Map.of(
                "cache-control",
                access.publicCounts().areAll()
                    ? CACHE_CONTROL
                    : access.cacheControl(MAX_AGE_SECONDS)))
        .unlessUnchanged(request);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    // a client with another method is not loading an image
    return problem.type() == ProblemType.METHOD_NOT_ALLOWED
        ? Endpoint.super.problem(problem, request)
        : BadgeRequest.image(problem, request);
  }
}
