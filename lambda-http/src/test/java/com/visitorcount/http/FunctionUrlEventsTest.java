package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FunctionUrlEventsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** In AWS's form, shortened. */
  private static final String EVENT =
      """
      {"version":"2.0","routeKey":"$default","rawPath":"/v","rawQueryString":"a=%20b",
       "cookies":["c=1"],"headers":{"Content-Type":"text/plain","x-none":null,"origin":"https://a.example"},
       "requestContext":{"accountId":"anonymous","http":{"method":"POST","path":"/v",
       "protocol":"HTTP/1.1","sourceIp":"192.0.2.1","userAgent":"a"},"timeEpoch":1},
       "body":"e30=","isBase64Encoded":true}\
      """;

  private static APIGatewayV2HTTPEvent read(String json) throws IOException {
    return FunctionUrlEvents.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  @Test
  void read_anEventOfAWS_hasAllThatARequestNeeds() throws IOException {
    HttpRequest request = FunctionUrlEvents.request(read(EVENT), "r");

    assertThat(request)
        .isEqualTo(
            new HttpRequest(
                "r",
                "POST",
                "/v",
                "a=%20b",
                Map.of("content-type", "text/plain", "x-none", "", "origin", "https://a.example"),
                "e30=",
                true,
                "192.0.2.1"));
  }

  @Test
  void read_whatLacksParts_isEmptyThere() throws IOException {
    assertThat(FunctionUrlEvents.request(read("{\"requestContext\":{}}"), "r"))
        .isEqualTo(new HttpRequest("r", "", "", "", Map.of(), null, false, ""));
    assertThat(read("{\"detail-type\":\"Scheduled Event\"}").getRequestContext()).isNull();
    assertThat(read("[]").getRequestContext()).isNull();
    assertThat(read("").getRequestContext()).isNull();
  }

  @Test
  void read_ofNoJson_fails() {
    assertThatThrownBy(() -> read("{")).isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void json_readAgain_isTheSameRequest() throws IOException {
    APIGatewayV2HTTPEvent event = Priming.event("POST", "/v", "q", Map.of("a", "b\u00E4"), "{}");

    assertThat(
            FunctionUrlEvents.request(
                FunctionUrlEvents.read(new ByteArrayInputStream(FunctionUrlEvents.json(event))),
                "r"))
        .isEqualTo(FunctionUrlEvents.request(event, "r"));
  }

  @Test
  void write_response_isWhatLambdaTakes() throws IOException {
    APIGatewayV2HTTPResponse response =
        FunctionUrlEvents.response(
            new HttpResponse(
                200, Map.of("content-type", "text/plain"), "\u00E4\"\uD83D\uDE00", false));

    assertThat(JSON.readTree(write(response)))
        .isEqualTo(
            JSON.readTree(
                "{\"statusCode\":200,\"headers\":{\"content-type\":\"text/plain\"},"
                    + "\"body\":\"\u00E4\\\"\uD83D\uDE00\",\"isBase64Encoded\":false}"));
    assertThat(write(APIGatewayV2HTTPResponse.builder().withStatusCode(204).build()))
        .asString(UTF_8)
        .isEqualTo("{\"statusCode\":204}");
  }

  private static byte[] write(APIGatewayV2HTTPResponse response) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FunctionUrlEvents.write(response, out);
    return out.toByteArray();
  }
}
