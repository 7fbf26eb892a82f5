package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoint a path reaches, shown by requests that end before a counter is used. */
final class IncrementHandlerTest {
  @ParameterizedTest
  @CsvSource({
    "false, PUT, /, 405, POST",
    "false, GET, /hit.svg, 404, ",
    "false, GET, /hit.gif, 404, ",
    "true, PUT, /, 405, POST",
    "true, PUT, /hit.svg, 405, 'GET, HEAD'",
    "true, PUT, /hit.gif, 405, 'GET, HEAD'",
    "true, GET, /hit.png, 404, ",
    "true, GET, /hit.svg/, 404, "
  })
  void handleRequest_path_reachesItsEndpoint(
      String countingImage, String method, String path, int status, String allow) {
    IncrementHandler handler =
        new IncrementHandler(
            IncrementEndpointTest.variables(Map.of("COUNTING_IMAGE", countingImage)),
            Clock.systemUTC());

    APIGatewayV2HTTPResponse response = handler.handleRequest(event(method, path), context());

    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getHeaders().get("allow")).isEqualTo(allow);
  }

  @Test
  void handleRequest_tooOften_is429ForEveryPath() {
    IncrementHandler handler =
        new IncrementHandler(
            IncrementEndpointTest.variables(
                Map.of("COUNTING_IMAGE", "true", "CLIENT_REQUESTS_PER_SECOND", "1")),
            Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC));
    for (int i = 0; i < 5; i++) {
      assertThat(handler.handleRequest(event("PUT", "/hit.svg"), context()).getStatusCode())
          .isEqualTo(405);
    }

    assertThat(handler.handleRequest(event("PUT", "/"), context()).getStatusCode()).isEqualTo(429);
    assertThat(handler.handleRequest(event("GET", "/hit.svg"), context()).getHeaders())
        .containsEntry("visitorcount-problem", "too-many-requests");
  }

  private static Context context() {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn("r");
    when(context.getFunctionName()).thenReturn("increment");
    return context;
  }

  private static APIGatewayV2HTTPEvent event(String method, String path) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .build();
  }
}
