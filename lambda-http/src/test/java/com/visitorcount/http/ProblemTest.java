package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProblemTest {
  private static final String REQUEST_ID = "0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11";

  @Test
  void toResponse_isAProblemDocument() {
    HttpResponse response =
        new Problem(
                ProblemType.METHOD_NOT_ALLOWED,
                "This address answers POST.",
                Map.of("allow", "POST"))
            .toResponse(REQUEST_ID);

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.headers())
        .containsOnly(
            Map.entry("allow", "POST"),
            Map.entry("cache-control", "no-store"),
            Map.entry("content-type", "application/problem+json"),
            Map.entry("vary", "origin"),
            Map.entry("x-content-type-options", "nosniff"));
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"urn:problem-type:visitorcount:method-not-allowed\","
                + "\"title\":\"The method is not allowed\",\"status\":405,"
                + "\"detail\":\"This address answers POST.\","
                + "\"instance\":\"urn:uuid:0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11\"}");
  }

  @Test
  void types_areStable() {
    assertThat(Arrays.stream(ProblemType.values()).map(type -> type.status() + " " + type.slug()))
        .containsExactly(
            "400 malformed-request",
            "400 invalid-page",
            "400 invalid-view",
            "400 invalid-event",
            "400 invalid-query",
            "400 answer-too-large",
            "401 unauthorized",
            "403 not-through-proxy",
            "403 origin-not-allowed",
            "403 site-not-configured",
            "404 not-found",
            "405 method-not-allowed",
            "413 body-too-large",
            "414 uri-too-long",
            "415 unsupported-media-type",
            "429 too-many-requests",
            "431 headers-too-large",
            "503 counters-unavailable",
            "500 broken-counter",
            "500 internal-error");
  }
}
