package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which endpoint a path reaches, shown by requests that end before a counter is used. */
final class ReadHandlerTest {
  @ParameterizedTest
  @CsvSource({
    "PUT, /, 405, application/problem+json",
    "GET, /nothing, 404, application/problem+json",
    "GET, /badge.svg/, 404, application/problem+json",
    "PUT, /badge.svg, 405, application/problem+json",
    "GET, /badge.svg, 200, image/svg+xml; charset=utf-8",
    "PUT, /api/v1/verify, 405, application/problem+json",
    "GET, /api/v1/verify, 401, application/problem+json",
    "HEAD, /badge.svg, 200, image/svg+xml; charset=utf-8"
  })
  void handleRequest_path_reachesItsEndpoint(String method, String path, int status, String type) {
    ReadHandler handler = new ReadHandler(BadgeEndpointTest.variables(), Clock.systemUTC());

    APIGatewayV2HTTPResponse response =
        handler.handleRequest(event(method, path, "page=%23"), context());

    assertThat(response.getStatusCode()).isEqualTo(status);
    assertThat(response.getHeaders()).containsEntry("content-type", type);
  }

  /** A rehearsal whose requests are refused early would prime nothing. */
  @Test
  void rehearse_isAnsweredEverywhere() {
    ReadHandler handler = new ReadHandler(BadgeEndpointTest.variables(), Clock.systemUTC());

    assertThat(handler.rehearse(context()))
        .extracting(APIGatewayV2HTTPResponse::getStatusCode)
        .containsOnly(200);
  }

  private static Context context() {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn("r");
    when(context.getFunctionName()).thenReturn("read");
    return context;
  }

  private static APIGatewayV2HTTPEvent event(String method, String path, String query) {
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(path)
        .withRawQueryString(query)
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder().withMethod(method).build())
                .build())
        .build();
  }
}
