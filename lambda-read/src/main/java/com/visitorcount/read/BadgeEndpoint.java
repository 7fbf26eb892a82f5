package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.badge.BadgeRequest;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** {@code GET /badge.svg}: the count of a page as an image; what goes wrong is an image too. */
final class BadgeEndpoint implements Endpoint {
  /** Image proxies load a badge for many readers, and each load is a call of the function. */
  private static final String CACHE_CONTROL = "max-age=300, s-maxage=300";

  private final Settings settings;
  private final Counters counters;

  BadgeEndpoint(Settings settings, Counters counters) {
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    PageId page = request.queryParameters().page(settings.pages());
    settings.countAccess().require(request, List.of(page));
    record.note("page", page.toString());
    BigInteger count = counters.read(page);
    record.count(Metric.READS);
    return BadgeRequest.of(request)
        .image(count)
        .with(Map.of("cache-control", CACHE_CONTROL))
        .unlessUnchanged(request);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    // whoever uses another method does not load an image
    return problem.type() == ProblemType.METHOD_NOT_ALLOWED
        ? Endpoint.super.problem(problem, request)
        : BadgeRequest.of(request).image(problem);
  }
}
