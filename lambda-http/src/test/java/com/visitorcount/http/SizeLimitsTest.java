package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
