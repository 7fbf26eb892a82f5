package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonBodyTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "text/plain;charset=UTF-8",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "multipart/form-data; boundary=x"
      })
  void read_jsonUnderAnyContentType_isRead(String contentType) {
    assertThat(JsonBody.read(request(contentType, "{\"page\":\"a\"}")).get("page").textValue())
        .isEqualTo("a");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "image/png"
      })
  void read_byteOrderMark_isLeftOut_caseC6(String contentType) {
    String json = "{\"page\":\"a\"}";

    assertThat(JsonBody.read(request(contentType, "\uFEFF" + json)).get("page").textValue())
        .isEqualTo("a");
    assertThat(JsonBody.read(base64(contentType, ("\uFEFF" + json).getBytes(UTF_8)))).isNotNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "application/json",
        "text/plain",
        "application/x-www-form-urlencoded",
        "image/png"
      })
  void read_utf16_is400ThatSaysSo_caseC6(String contentType) {
    for (Charset charset : List.of(UTF_16, UTF_16LE, UTF_16BE)) {
      for (String mark : List.of("", "\uFEFF")) {
        byte[] body = (mark + "{\"page\":\"a\"}").getBytes(charset);
        HttpRequest asBytes = base64(contentType, body);
        // what Lambda does to text
        HttpRequest asText = request(contentType, new String(body, UTF_8));
        for (HttpRequest request : List.of(asBytes, asText)) {
          assertThatThrownBy(() -> JsonBody.read(request))
              .isInstanceOfSatisfying(
                  ProblemException.class,
                  e -> {
                    assertThat(e.problem().type()).isEqualTo(ProblemType.MALFORMED_REQUEST);
                    assertThat(e.problem().detail()).contains("UTF-16");
                  });
        }
      }
    }
  }

  @Test
  void read_noBody_isNull() {
    assertThat(JsonBody.read(request(null, null))).isNull();
    assertThat(JsonBody.read(request("application/json", ""))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "null",
        "[]",
        "1",
        "\"page\"",
        " ",
        "{\"page\":}",
        "{page:\"a\"}",
        "{'page':'a'}",
        "{\"page\":\"a\",}",
        "{\"page\":\"a\"}x",
        "{\"page\":\"a\"}{}",
        "{\"page\":\"a\",\"page\":\"b\"}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "/**/{}",
        "{\"a\":\"\n\"}",
        "\uFEFF{",
        "page=a"
      })
  void read_anythingElse_is400(String body) {
    assertProblem(request("application/json", body), ProblemType.MALFORMED_REQUEST);
    assertProblem(request("text/plain", body), ProblemType.MALFORMED_REQUEST);
    assertProblem(request("application/ld+json", body), ProblemType.MALFORMED_REQUEST);
    assertProblem(request(null, body), ProblemType.MALFORMED_REQUEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data", "image/png"})
  void read_noJsonUnderAnotherType_is415(String contentType) {
    assertProblem(request(contentType, "page=a"), ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void read_depth_isLimited() {
    assertThat(JsonBody.read(request(null, nested(JsonBody.MAX_DEPTH - 1)))).isNotNull();
    assertProblem(request(null, nested(JsonBody.MAX_DEPTH)), ProblemType.MALFORMED_REQUEST);
    assertProblem(request(null, nested(4_000)), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void read_hugeNumber_is400() {
    assertProblem(
        request(null, "{\"a\":" + "9".repeat(5_000) + "}"), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void read_moreThan8KiB_is413() {
    String fits = "{\"a\":\"" + "x".repeat(8_192 - 8) + "\"}";

    assertThat(JsonBody.read(request(null, fits))).isNotNull();
    assertProblem(request(null, fits + " "), ProblemType.BODY_TOO_LARGE);
  }

  @Test
  void read_brokenUtf8_is400() {
    byte[] body = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'};
    assertProblem(base64(null, body), ProblemType.MALFORMED_REQUEST);
  }

  @Test
  void read_brokenJson_saysWhereAndRepeatsNothing() {
    assertThatThrownBy(() -> JsonBody.read(request(null, "{\"page\":\n secret}")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().detail()).contains("line 2").doesNotContain("secret"));
  }

  private static String nested(int levels) {
    return "{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}";
  }

  private static HttpRequest request(String contentType, String body) {
    return new HttpRequest("r", "POST", "/", "", headers(contentType), body, false, "192.0.2.1");
  }

  private static HttpRequest base64(String contentType, byte[] body) {
    String text = Base64.getEncoder().encodeToString(body);
    return new HttpRequest("r", "POST", "/", "", headers(contentType), text, true, "192.0.2.1");
  }

  private static Map<String, String> headers(String contentType) {
    return contentType == null ? Map.of() : Map.of("content-type", contentType);
  }

  private static void assertProblem(HttpRequest request, ProblemType type) {
    assertThatThrownBy(() -> JsonBody.read(request))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
