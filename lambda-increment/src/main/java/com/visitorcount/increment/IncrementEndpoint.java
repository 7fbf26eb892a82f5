package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counted;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;

/** {@code POST /}, or {@code POST /v}: counts one view, and answers with the new count. */
final class IncrementEndpoint implements Endpoint {
  /** Beside the root, a path of its own, for hosts that serve counting and reading together. */
  private static final Set<String> PATHS = Set.of("/", "/v");

  private final Settings settings;
  private final DropRules drops;
  private final FactFinder facts;
  private final Counters counters;
  private final Visitors visitors;
  private final Clock clock;

  IncrementEndpoint(Settings settings, Counters counters, Visitors visitors, Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    UserAgents agents = new UserAgents();
    this.drops = DropRules.ofTracker(settings, agents);
    this.facts = new FactFinder(settings.countryHeader(), settings.pages().aliases(), agents);
    this.counters = requireNonNull(counters, "counters");
    this.visitors = requireNonNull(visitors, "visitors");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (!PATHS.contains(request.path())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Views are counted by POST to / or /v.");
    }
    request.requireMethod("POST");
    if (!settings.origins().allows(request.header("origin"))) {
      throw new ProblemException(
          ProblemType.ORIGIN_NOT_ALLOWED,
          "Pages of this origin may not count here; the owner allows origins by the parameter"
              + " AllowedOrigins.");
    }
    ViewRequest viewed = ViewRequest.parse(request, settings.pages());
    record.note("page", viewed.page().toString());
    settings.sites().require(viewed.page());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("page", viewed.page().toString());
    DropReason dropped = viewed.tracked() ? drops.reason(request) : null;
    if (dropped != null) {
      answer.put("dropped", dropped.slug());
      return dropped.mark(HttpResponse.json(202, answer), record);
    }
    Counted counted = counters.add(view(viewed, request));
    ViewMetrics.count(counted, record);
    if (settings.publicCounts().include(viewed.page())) {
      answer.put("count", counted.count());
    }
    return HttpResponse.json(200, answer);
  }

  private View view(ViewRequest viewed, HttpRequest request) {
    PageId page = viewed.page();
    Instant now = clock.instant();
    return new View(
        page,
        viewed.id(),
        now,
        facts.facts(request, page, viewed.clues()),
        visitors.visitor(request, page, now));
  }
}
