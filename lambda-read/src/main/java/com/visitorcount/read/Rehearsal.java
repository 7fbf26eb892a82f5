package com.visitorcount.read;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.visitorcount.http.Priming;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

/** Made-up requests that exercise what visitors and owners use most. */
final class Rehearsal {
  static final Instant TIME = Instant.parse("2000-01-02T12:00:00Z");

  private static final Map<String, String> HEADERS = Map.of("accept-encoding", "gzip, deflate, br");
  private static final String QUESTION = "site_id=rehearsal.example&period=day&date=2000-01-01";

  private Rehearsal() {}

  static Stream<APIGatewayV2HTTPEvent> events() {
    return Stream.of(
        get("/v.js", ""),
        get("/visitor-count.js", ""),
        get("/", "page=main_page"),
        get("/", "page=main_page&page=rehearsal.example/a"),
        get("/badge.svg", "page=main_page"),
        get("/dashboard/", ""),
        get("/dashboard/dashboard.js", ""),
        get("/dashboard/dashboard.css", ""),
        get("/api/v1/stats/aggregate", QUESTION),
        get("/api/v1/stats/timeseries", QUESTION),
        get("/api/v1/stats/breakdown", QUESTION + "&property=event:page"));
  }

  private static APIGatewayV2HTTPEvent get(String path, String query) {
    return Priming.event("GET", path, query, HEADERS, "");
  }
}
