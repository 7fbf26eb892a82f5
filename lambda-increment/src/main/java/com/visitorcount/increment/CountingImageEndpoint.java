package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.badge.BadgeRequest;
import com.visitorcount.counter.Counted;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.ViewId;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /hit.svg} and {@code GET /hit.gif}: a badge and an invisible pixel that count a view
 * each time they are loaded, for places where no script runs. What goes wrong is an image too.
 */
final class CountingImageEndpoint implements Endpoint {
  static final String BADGE_PATH = "/hit.svg";
  static final String PIXEL_PATH = "/hit.gif";

  private static final Set<String> METHODS = Set.of("GET", "HEAD");
  private static final String PREFETCH = "prefetch";

  private final Settings settings;
  private final Counters counters;
  private final Clock clock;

  CountingImageEndpoint(Settings settings, Counters counters, Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (!METHODS.contains(request.method())) {
      throw ProblemException.methodNotAllowed("GET, HEAD");
    }
    PageId page = page(request);
    record.note("page", page.toString());
    settings.sites().require(page);
    if (request.method().equals("HEAD") || Prefetch.is(request)) {
      BigInteger count = counters.read(page);
      record.count(Metric.READS);
      record.note("dropped", PREFETCH);
      return image(count, request).with(Map.of("visitorcount-dropped", PREFETCH));
    }
    Counted counted = counters.add(page, new ViewId(request.id()), clock.instant());
    record.count(counted.duplicate() ? Metric.DUPLICATE_VIEWS : Metric.VIEWS);
    return image(counted.count(), request);
  }

  private PageId page(HttpRequest request) {
    String name = request.queryParameters().first("page");
    return name == null
        ? ViewRequest.DEFAULT_PAGE
        : PageId.of(name, settings.keptQueryParameters());
  }

  private static HttpResponse image(BigInteger count, HttpRequest request) {
    HttpResponse image = isPixel(request) ? Pixel.image() : BadgeRequest.of(request).image(count);
    return image.neverKept();
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    // whoever uses another method does not load an image
    if (problem.type() == ProblemType.METHOD_NOT_ALLOWED) {
      return Endpoint.super.problem(problem, request);
    }
    HttpResponse image =
        isPixel(request) ? Pixel.image().neverKept() : BadgeRequest.of(request).image(problem);
    // a pixel cannot show it
    return image.with(Map.of("visitorcount-problem", problem.type().slug()));
  }

  private static boolean isPixel(HttpRequest request) {
    return request.path().equals(PIXEL_PATH);
  }
}
