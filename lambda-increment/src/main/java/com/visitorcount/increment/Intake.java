package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.Counted;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.View;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts what clients report in any protocol, or says why not. */
final class Intake {
  private final Settings settings;
  private final DropRules drops;
  private final FactFinder facts;
  private final Counters counters;
  private final Visitors visitors;
  private final Clock clock;

  Intake(Settings settings, Counters counters, Visitors visitors, Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    UserAgents agents = new UserAgents();
    this.drops = DropRules.ofTracker(settings, agents);
    this.facts = new FactFinder(settings.countryHeader(), settings.pages().aliases(), agents);
    this.counters = requireNonNull(counters, "counters");
    this.visitors = requireNonNull(visitors, "visitors");
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * The outcome for a view or an event, with exactly one of the two set. A message about engagement
   * that was not dropped has neither.
   *
   * @param counted null if it was not counted
   * @param dropped null if it was not dropped
   */
  record Outcome(@Nullable Counted counted, @Nullable DropReason dropped) {}

  /**
   * @throws ProblemException 403 if the request's origin may not count
   */
  void requireOrigin(HttpRequest request) {
    if (!settings.origins().allows(request.header("origin"))) {
      throw new ProblemException(
          ProblemType.ORIGIN_NOT_ALLOWED,
          "Pages of this origin may not count here; the owner allows origins with the parameter"
              + " AllowedOrigins.");
    }
  }

  /**
   * @throws ProblemException 403 if the page's site is not counted
   */
  void requireSite(ViewRequest viewed) {
    settings.sites().require(viewed.page());
  }

  /**
   * Counts a view or an event once, or passes on a message about engagement, unless a rule drops
   * it.
   *
   * @throws ProblemException 403 if its site is not counted
   */
  Outcome count(ViewRequest viewed, HttpRequest request, RequestRecord record) {
    record.note("page", viewed.page().toString());
    requireSite(viewed);
    DropReason dropped = viewed.tracked() ? drops.reason(request) : null;
    if (dropped != null) {
      return new Outcome(null, dropped);
    }
    Engagement engagement = viewed.engagement();
    if (engagement != null) {
      Instant now = clock.instant();
      PageId page = viewed.page();
      counters.tell(page, now, visitors.visitor(request, page, now), engagement);
      return new Outcome(null, null);
    }
    Counted counted = counters.add(view(viewed, request));
    ViewMetrics.count(counted, record);
    return new Outcome(counted, null);
  }

  private View view(ViewRequest viewed, HttpRequest request) {
    PageId page = viewed.page();
    Instant now = clock.instant();
    return new View(
        page,
        viewed.id(),
        now,
        facts.facts(request, page, viewed.hints()),
        visitors.visitor(request, page, now),
        viewed.event());
  }
}
