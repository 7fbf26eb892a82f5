package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.RequestRecord;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/event}: the protocol of Plausible's trackers and of servers that send to it.
 * Counts a view or an event once for each site in it.
 */
final class PlausibleEndpoint implements Endpoint {
  static final String PATH = "/api/event";

  private final PlausibleEvents events;
  private final Intake intake;

  PlausibleEndpoint(PlausibleEvents events, Intake intake) {
    this.events = requireNonNull(events, "events");
    this.intake = requireNonNull(intake, "intake");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("POST");
    intake.requireOrigin(request);
    List<ViewRequest> reported = events.read(request);
    // all or none: a refused report may be sent again
    reported.forEach(intake::requireSite);
    HttpResponse answer = HttpResponse.plainText(202, "ok");
    int dropped = 0;
    for (ViewRequest viewed : reported) {
      DropReason reason = intake.count(viewed, request, record).dropped();
      if (reason != null) {
        dropped++;
        answer =
            reason
                .mark(answer, record)
                .with(Map.of("x-plausible-dropped", Integer.toString(dropped)));
      }
    }
    return answer;
  }
}
