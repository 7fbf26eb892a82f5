package com.visitorcount.increment;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.visitorcount.http.Priming;
import java.util.Map;
import java.util.stream.Stream;

/** Made-up requests that exercise all code for a view and an event. */
final class Rehearsal {
  private static final Map<String, String> HEADERS =
      Map.of(
          "content-type",
          "text/plain;charset=UTF-8",
          "origin",
          "https://rehearsal.example",
          "user-agent",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/142.0.0.0 Safari/537.36");

  private static final String TRACKED =
      """
      {"url":"https://rehearsal.example/A%c3%a4/?utm_source=s&utm_medium=m&utm_campaign=c",\
      "referrer":"https://elsewhere.example/","id":"rehearsal","tz":"Europe/Berlin","w":7}\
      """;

  private Rehearsal() {}

  static Stream<APIGatewayV2HTTPEvent> events() {
    return Stream.of(
        Priming.event("POST", "/", "", HEADERS, TRACKED),
        Priming.event("POST", "/", "", HEADERS, "{\"page\":\"main_page\"}"),
        Priming.event(
            "POST",
            "/",
            "",
            HEADERS,
            "{\"event\":\"signup\",\"url\":\"https://rehearsal.example/\",\"props\":{\"a\":\"b\"}}"),
        Priming.event(
            "POST",
            PlausibleEndpoint.PATH,
            "",
            HEADERS,
            "{\"n\":\"pageview\",\"u\":\"https://rehearsal.example/\",\"p\":\"{}\"}"),
        // answered by 404 unless the image is switched on
        Priming.event("GET", "/hit.svg", "page=main_page", HEADERS, ""));
  }
}
