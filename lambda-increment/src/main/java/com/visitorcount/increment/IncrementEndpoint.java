package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counted;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import java.util.Set;

/**
 * {@code POST /} or {@code POST /v}: counts one view or event and answers with the new count; or
 * accepts a message about engagement, which counts nothing.
 */
final class IncrementEndpoint implements Endpoint {
  /** Besides the root, a separate path for hosts that serve both counting and reading. */
  private static final Set<String> PATHS = Set.of("/", "/v");

  private final Settings settings;
  private final PageNames names;
  private final Intake intake;

  IncrementEndpoint(Settings settings, Intake intake) {
    this.settings = requireNonNull(settings, "settings");
    this.names = new PageNames(settings.pages(), settings.sites());
    this.intake = requireNonNull(intake, "intake");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    if (!PATHS.contains(request.path())) {
      throw new ProblemException(ProblemType.NOT_FOUND, "Send views with POST to / or /v.");
    }
    request.requireMethod("POST");
    intake.requireOrigin(request);
    ViewRequest viewed = ViewRequest.parse(request, names);
    Intake.Outcome outcome = intake.count(viewed, request, record);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put(viewed.event() == null ? "page" : "event", viewed.page().toString());
    DropReason dropped = outcome.dropped();
    if (dropped != null) {
      answer.put("dropped", dropped.slug());
      return dropped.mark(HttpResponse.json(202, answer), record);
    }
    Counted counted = outcome.counted();
    if (counted != null && settings.publicCounts().include(viewed.page())) {
      answer.put("count", counted.count());
    }
    return HttpResponse.json(200, answer);
  }
}
