package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpRequestTest {
  @Test
  void body_text_isItsUtf8() {
    assertThat(request("é", false).body(8)).isEqualTo("é".getBytes(UTF_8));
  }

  @Test
  void body_base64_isDecoded() {
    assertThat(request("w6k=", true).body(8)).isEqualTo("é".getBytes(UTF_8));
  }

  @Test
  void body_absent_isEmpty() {
    assertThat(request(null, false).body(8)).isEmpty();
  }

  @Test
  void body_brokenBase64_is400() {
    assertProblem(() -> request("w6k=?", true).body(8), ProblemType.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @CsvSource({"8190", "8191", "8192"})
  void body_withinTheLimitAfterDecoding_isRead(int bytes) {
    String text = "x".repeat(bytes);

    assertThat(request(text, false).body(8_192)).hasSize(bytes);
    assertThat(request(base64(text), true).body(8_192)).hasSize(bytes);
  }

  @ParameterizedTest
  @CsvSource({"8193", "8194", "8195", "100000"})
  void body_aboveTheLimitAfterDecoding_is413(int bytes) {
    String text = "x".repeat(bytes);

    assertProblem(() -> request(text, false).body(8_192), ProblemType.BODY_TOO_LARGE);
    assertProblem(() -> request(base64(text), true).body(8_192), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void body_limit_isInBytes() {
    assertProblem(() -> request("é".repeat(5_000), false).body(8_192), ProblemType.BODY_TOO_LARGE);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, none",
        "'', none",
        "application/json, application/json",
        "Text/Plain;charset=UTF-8, text/plain",
        "' application/json ; x=y', application/json"
      })
  void mediaType_isLowerCaseWithoutParameters(String header, String expected) {
    Map<String, String> headers = header == null ? Map.of() : Map.of("content-type", header);

    assertThat(new HttpRequest("r", "POST", "/", "", headers, null, false, "192.0.2.1").mediaType())
        .isEqualTo(expected);
  }

  @Test
  void userAgent_absent_isEmpty() {
    assertThat(request(null, false).userAgent()).isEmpty();
    assertThat(
            new HttpRequest(
                    "r", "POST", "/", "", Map.of("user-agent", "x"), null, false, "192.0.2.1")
                .userAgent())
        .isEqualTo("x");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static HttpRequest request(String body, boolean base64) {
    return new HttpRequest("r", "POST", "/", "", Map.of(), body, base64, "192.0.2.1");
  }

  private static void assertProblem(Runnable call, ProblemType type) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
