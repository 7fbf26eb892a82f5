package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counted;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import java.time.Clock;

/** {@code POST /}: counts one view, and answers with the new count. */
final class IncrementEndpoint implements Endpoint {
  private final Settings settings;
  private final Counters counters;
  private final Clock clock;

  IncrementEndpoint(Settings settings, Counters counters, Clock clock) {
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (!request.path().equals("/")) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Views are counted by POST to /.");
    }
    request.requireMethod("POST");
    if (!settings.origins().allows(request.header("origin"))) {
      throw new ProblemException(
          ProblemType.ORIGIN_NOT_ALLOWED,
          "Pages of this origin may not count here; the owner allows origins by the parameter"
              + " AllowedOrigins.");
    }
    ViewRequest view = ViewRequest.parse(request, settings.keptQueryParameters());
    record.note("page", view.page().toString());
    settings.sites().require(view.page());
    Counted counted = counters.add(view.page(), view.id(), clock.instant());
    record.count(counted.duplicate() ? Metric.DUPLICATE_VIEWS : Metric.VIEWS);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("page", view.page().toString());
    answer.put("count", counted.count());
    return HttpResponse.json(200, answer);
  }
}
