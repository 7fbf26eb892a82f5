package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeLimitsTest {
  private static final HttpResponse OK =
      HttpResponse.json(200, JsonNodeFactory.instance.objectNode());

  private final Endpoint endpoint = new SizeLimits((request, record) -> OK);

  @Test
  void answer_asLongAsCanBe_isAnswered() {
    String query = "x".repeat(SizeLimits.MAX_ADDRESS_CHARS - 1);
    String agent = "x".repeat(SizeLimits.MAX_HEADER_CHARS - "user-agent".length());

    assertThat(answer("/", query, Map.of("user-agent", agent))).isEqualTo(OK);
  }

  @Test
  void answer_hundredPagesOfTheLongestNames_isAnswered() {
    String page = "&page=" + "%C3%A9".repeat(256);

    assertThat(answer("/", page.repeat(100), Map.of())).isEqualTo(OK);
  }

  @Test
  void answer_longerAddress_is414() {
    assertRefused("/", "x".repeat(SizeLimits.MAX_ADDRESS_CHARS), Map.of(), 414, "uri-too-long");
    assertRefused(
        "/" + "x".repeat(SizeLimits.MAX_ADDRESS_CHARS), "", Map.of(), 414, "uri-too-long");
  }

  @Test
  void answer_longerHeaders_is431() {
    String half = "x".repeat(SizeLimits.MAX_HEADER_CHARS / 2);

    assertRefused("/", "", Map.of("a", half, "b", half), 431, "headers-too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\\", "\n", "\u2028", "é", "日", "😀", "<"})
  void answer_asLongAsLambdaTakes_isAnsweredAndLongerIs400(String unit) throws IOException {
    HttpResponse one = HttpResponse.of("text/csv", unit);
    long perUnit =
        SizeLimits.payloadBytes(one) - SizeLimits.payloadBytes(HttpResponse.of("text/csv", ""));
    int fit = (int) ((SizeLimits.MAX_ANSWER_BYTES - SizeLimits.payloadBytes(one)) / perUnit);

    HttpResponse longest = HttpResponse.of("text/csv", unit.repeat(fit));
    assertThat(answering(longest)).isEqualTo(longest);
    assertThat(lambdaPayload(longest).length).isLessThanOrEqualTo(SizeLimits.MAX_ANSWER_BYTES);
    assertThatThrownBy(() -> answering(HttpResponse.of("text/csv", unit.repeat(fit + 2))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.ANSWER_TOO_LARGE));
  }

  @Test
  void answer_bytesThatAreLongerInBase64_are400() {
    HttpResponse fits = HttpResponse.of("image/png", new byte[4_700_000]);
    HttpResponse tooLong = HttpResponse.of("image/png", new byte[4_720_000]);

    assertThat(answering(fits)).isEqualTo(fits);
    assertThatThrownBy(() -> answering(tooLong)).isInstanceOf(ProblemException.class);
  }

  private static HttpResponse answering(HttpResponse response) {
    return new SizeLimits((request, record) -> response)
        .answer(
            new HttpRequest("r", "GET", "/", "", Map.of(), null, false, "192.0.2.1"),
            mock(RequestRecord.class));
  }

  private static byte[] lambdaPayload(HttpResponse response) throws IOException {
    return new ObjectMapper().writeValueAsBytes(FunctionUrlEvents.response(response));
  }

  private void assertRefused(
      String path, String query, Map<String, String> headers, int status, String slug) {
    assertThatThrownBy(() -> answer(path, query, headers))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type().status()).isEqualTo(status);
              assertThat(e.problem().type().slug()).isEqualTo(slug);
              assertThat(e.problem().toResponse("r").body()).hasSizeLessThan(400);
            });
  }

  private HttpResponse answer(String path, String query, Map<String, String> headers) {
    RequestRecord record = mock();
    return endpoint.answer(
        new HttpRequest("r", "GET", path, query, headers, null, false, "192.0.2.1"), record);
  }
}
