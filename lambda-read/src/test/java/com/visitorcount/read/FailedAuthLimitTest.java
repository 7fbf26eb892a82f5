package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

final class FailedAuthLimitTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final HttpResponse OK =
      HttpResponse.json(200, JsonNodeFactory.instance.objectNode());

  private Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Clock movable =
      Mockito.mock(
          Clock.class,
          call -> call.getMethod().getName().equals("millis") ? clock.millis() : clock.instant());

  /** Requires the token or the key {@code right}. */
  private final Endpoint endpoint =
      new FailedAuthLimit(
          (request, record) -> {
            if ("right".equals(request.header("authorization"))
                || "right".equals(request.queryParameters().first("share"))) {
              return OK;
            }
            throw new ProblemException(ProblemType.UNAUTHORIZED, null);
          },
          new ClientAddress(""),
          FailedAuthLimit.limit(movable));

  @Test
  void answer_manyWrongTries_are429AndSoIsTheRightOneThen() {
    for (int i = 0; i < 15; i++) {
      assertThat(status("192.0.2.1", "guess" + i, "")).isEqualTo(401);
      assertThat(status("192.0.2.1", null, "share=guess" + i)).isEqualTo(401);
    }

    assertThat(status("192.0.2.1", "guess", "")).isEqualTo(429);
    assertThat(status("192.0.2.1", null, "share=guess")).isEqualTo(429);
    assertThat(status("192.0.2.1", "right", "")).isEqualTo(429);
    assertThat(status("192.0.2.2", "right", "")).isEqualTo(200);
    // not a guess
    assertThat(status("192.0.2.1", null, "")).isEqualTo(401);
  }

  @Test
  void answer_anyAndProblem_dependOnTheTokenForCaches_caseC4() {
    HttpRequest request =
        new HttpRequest("r", "GET", "/", "share=right", Map.of(), null, false, "192.0.2.1");
    Problem problem = Problem.of(ProblemType.UNAUTHORIZED, null);
    HttpResponse unchanged = endpoint.answer(request, mock()).withoutBody();

    for (HttpResponse response : List.of(unchanged, endpoint.problem(problem, request))) {
      assertThat(response.headers()).containsEntry("vary", "origin, authorization");
    }
  }

  @Test
  void answer_someTimeAfterManyWrongTries_oneMoreIsLookedAt() {
    for (int i = 0; i < 31; i++) {
      status("192.0.2.1", "guess" + i, "");
    }

    clock = Clock.offset(clock, Duration.ofSeconds(10));

    assertThat(status("192.0.2.1", "right", "")).isEqualTo(200);
    assertThat(status("192.0.2.1", "guess", "")).isEqualTo(401);
    assertThat(status("192.0.2.1", "right", "")).isEqualTo(429);
  }

  @Test
  void answer_manyRightOrMissingTokens_areNoTries() {
    for (int i = 0; i < 100; i++) {
      assertThat(status("192.0.2.1", "right", "")).isEqualTo(200);
      assertThat(status("192.0.2.1", null, "")).isEqualTo(401);
    }
  }

  /** In the read function, all protected paths share one limit. */
  @Test
  void readFunction_manyWrongTokens_are429OnEveryPath() {
    Map<String, String> variables = new HashMap<>(BadgeEndpointTest.variables());
    ReadHandler handler = new ReadHandler(variables, clock);
    for (int i = 0; i < 30; i++) {
      assertThat(status(handler, "/api/v1/verify", "Bearer guess" + i)).isEqualTo(401);
    }

    assertThat(status(handler, "/api/v1/verify", "Bearer guess")).isEqualTo(429);
    assertThat(status(handler, "/api/v1/sites", "Bearer guess")).isEqualTo(429);
    assertThat(status(handler, "/api/v1/stats/aggregate", "Bearer guess")).isEqualTo(429);
    assertThat(status(handler, "/v.js", "Bearer guess")).isEqualTo(200);
  }

  private int status(String client, String authorization, String query) {
    Map<String, String> headers =
        authorization == null ? Map.of() : Map.of("authorization", authorization);
    RequestRecord record = mock();
    try {
      return endpoint
          .answer(
              new HttpRequest("r", "GET", "/api/v1/sites", query, headers, null, false, client),
              record)
          .status();
    } catch (ProblemException e) {
      return e.problem().type().status();
    }
  }

  private static int status(ReadHandler handler, String path, String authorization) {
    Context context = mock();
    Mockito.when(context.getAwsRequestId()).thenReturn("r");
    Mockito.when(context.getFunctionName()).thenReturn("read");
    APIGatewayV2HTTPResponse response =
        handler.handleRequest(
            APIGatewayV2HTTPEvent.builder()
                .withRawPath(path)
                .withHeaders(Map.of("authorization", authorization))
                .withRequestContext(
                    APIGatewayV2HTTPEvent.RequestContext.builder()
                        .withHttp(
                            APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                .withMethod("GET")
                                .withSourceIp("192.0.2.1")
                                .build())
                        .build())
                .build(),
            context);
    return response.getStatusCode();
  }
}
