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
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /hit.svg} and {@code GET /hit.gif}: a badge and an invisible pixel that count a view
 * when they are loaded, for places where no scripts run. Problems are images too.
 */
final class CountingImageEndpoint implements Endpoint {
  static final String BADGE_PATH = "/hit.svg";
  static final String PIXEL_PATH = "/hit.gif";

  /**
   * Loads by one visitor in the same two seconds are one view, since a page may show its image
   * twice. No longer, since all readers behind one image proxy look the same.
   */
  private static final long WINDOW_SECONDS = 2;

  private final Settings settings;
  private final DropRules drops;
  private final FactFinder facts;
  private final Counters counters;
  private final Visitors visitors;
  private final Clock clock;

  CountingImageEndpoint(Settings settings, Counters counters, Visitors visitors, Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    UserAgents agents = new UserAgents();
    this.drops = DropRules.ofImages(settings, agents);
    this.facts = new FactFinder(settings.countryHeader(), settings.pages().aliases(), agents);
    this.counters = requireNonNull(counters, "counters");
    this.visitors = requireNonNull(visitors, "visitors");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    String name = request.queryParameters().first("page");
    PageId page = name == null ? PageId.DEFAULT_PAGE : settings.pages().viewed(name);
    // invalid parameters are reported before anything is counted
    BadgeRequest badge = isPixel(request) ? null : BadgeRequest.of(request);
    record.note("page", page.toString());
    settings.sites().require(page);
    DropReason dropped = drops.reason(request);
    if (dropped != null) {
      BigInteger count = counters.read(page);
      record.count(Metric.READS);
      return dropped.mark(image(count, page, badge), record);
    }
    Counted counted = counters.add(view(request, page));
    ViewMetrics.count(counted, record);
    return image(counted.count(), page, badge);
  }

  private View view(HttpRequest request, PageId page) {
    Instant now = clock.instant();
    VisitorToken visitor = visitors.visitor(request, page, now);
    ViewId id = new ViewId(visitor.hex() + "-" + now.getEpochSecond() / WINDOW_SECONDS);
    return new View(page, id, now, facts.facts(request, page, ClientHints.NONE), visitor);
  }

  /**
   * @param badge null for a pixel
   */
  private HttpResponse image(BigInteger count, PageId page, @Nullable BadgeRequest badge) {
    if (badge == null) {
      return Pixel.image().neverKept();
    }
    return settings.publicCounts().include(page)
        ? badge.image(count).neverKept()
        : badge.closed().neverKept();
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    // a client with another method is not loading an image
    if (problem.type() == ProblemType.METHOD_NOT_ALLOWED) {
      return Endpoint.super.problem(problem, request);
    }
    HttpResponse image =
        isPixel(request) ? Pixel.image().neverKept() : BadgeRequest.image(problem, request);
    // a pixel cannot show it
    return image.with(Map.of("visitorcount-problem", problem.type().slug()));
  }

  private static boolean isPixel(HttpRequest request) {
    return request.path().equals(PIXEL_PATH);
  }
}
