package com.visitorcount.sam.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.sam.function.Handlers;
import com.visitorcount.sam.http.LoopbackServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class LambdaApiTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String EVENT =
      "{\"Records\":[{\"eventName\":\"MODIFY\",\"dynamodb\":{\"SequenceNumber\":\"7\","
          + "\"ApproximateCreationDateTime\":1764065730.5,\"Keys\":{\"id\":{\"S\":\"a\"}},\"NewImage\":{\"id\":{\"S\":\"a\"},"
          + "\"n\":{\"N\":\"1\"},\"b\":{\"B\":\"AAEC\"}}}}]}";
  private static final LoopbackServer SERVER =
      LoopbackServer.start(
          0, new LambdaApi(Map.of("Streaming", Handlers.load(Handlers.Streaming.class, Map.of()))));

  @AfterAll
  static void close() {
    SERVER.close();
  }

  @Test
  void invoke_event_isAnsweredByTheFunction() throws Exception {
    HttpResponse<String> answer = invoke("Streaming", EVENT);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Amz-Function-Error")).isEmpty();
    assertThat(answer.body())
        .startsWith("{\"batchItemFailures\":[")
        .contains("MODIFY 7 2025-11-25");
  }

  @Test
  void invoke_functionThatFails_saysSo() throws Exception {
    HttpResponse<String> answer = invoke("Streaming", "{}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
    assertThat(answer.body()).contains("\"errorType\":\"java.lang.NullPointerException\"");
  }

  @Test
  void invoke_whatLambdaRefuses_isRefused() throws Exception {
    assertThat(invoke("Streaming", "no JSON").statusCode()).isEqualTo(400);
    assertThat(invoke("Other", EVENT).statusCode()).isEqualTo(404);
    assertThat(invoke("Streaming", " ".repeat(6_291_557)).statusCode()).isEqualTo(413);
    assertThat(invoke("Streaming", EVENT, "X-Amz-Invocation-Type", "Event").statusCode())
        .isEqualTo(400);
  }

  @Test
  void invoke_byAPageInABrowser_isRefused() throws Exception {
    assertThat(invoke("Streaming", EVENT, "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
  }

  private static HttpResponse<String> invoke(String function, String payload, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                SERVER
                    .address()
                    .resolve("/2015-03-31/functions/" + function + "/invocations?Qualifier=live"))
            .POST(BodyPublishers.ofString(payload));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
