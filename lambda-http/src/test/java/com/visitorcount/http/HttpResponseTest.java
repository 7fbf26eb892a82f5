package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpResponseTest {
  private static final HttpResponse RESPONSE =
      HttpResponse.of("text/plain", "a").with(Map.of("cache-control", "max-age=300"));
  // the first 16 bytes of the SHA-256 of the letter a
  private static final String TAG = "\"ca978112ca1bbdcafac231b39a23dc4d\"";

  private static final String LONG_TEXT = "ä".repeat(1_000);
  private static final Map<String, String> TAKES_GZIP = Map.of("accept-encoding", "gzip, br");

  @Test
  void of_text_isKeptByNoCache() {
    assertThat(HttpResponse.of("text/plain", "a"))
        .isEqualTo(
            new HttpResponse(
                200,
                Map.of(
                    "cache-control", "no-store",
                    "content-type", "text/plain",
                    "vary", "origin",
                    "x-content-type-options", "nosniff"),
                "a",
                false));
  }

  @Test
  void of_bytes_isBase64() {
    HttpResponse response = HttpResponse.of("image/gif", new byte[] {-1, 0, 1});

    assertThat(response.body()).isEqualTo("/wAB");
    assertThat(response.base64()).isTrue();
    assertThat(FunctionUrlEvents.response(response).getIsBase64Encoded()).isTrue();
    assertThat(FunctionUrlEvents.response(response.withoutBody()).getIsBase64Encoded()).isFalse();
    assertThat(response.withoutBody().body()).isEmpty();
  }

  @Test
  void with_headerThatIsThere_takesItsPlace() {
    assertThat(RESPONSE.headers())
        .containsEntry("cache-control", "max-age=300")
        .containsEntry("content-type", "text/plain")
        .hasSize(4);
    assertThat(RESPONSE.neverKept().headers())
        .containsEntry("cache-control", "no-cache, no-store, max-age=0")
        .hasSize(4);
  }

  @Test
  void unlessUnchanged_firstTime_hasATag() {
    HttpResponse response = RESPONSE.unlessUnchanged(request(Map.of()));

    assertThat(response).isEqualTo(RESPONSE.with(Map.of("etag", TAG)));
    assertThat(HttpResponse.of("text/plain", "b").unlessUnchanged(request(Map.of())).headers())
        .doesNotContainEntry("etag", TAG);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        TAG,
        "W/" + TAG,
        "*",
        " * ",
        "\"x\", " + TAG,
        "\"x\",W/" + TAG + " , \"y\"",
        "\"a,b\"," + TAG
      })
  void unlessUnchanged_tagIsInTheList_is304WithTheSameHeaders(String ifNoneMatch) {
    HttpResponse response = RESPONSE.unlessUnchanged(request(Map.of("if-none-match", ifNoneMatch)));

    assertThat(response)
        .isEqualTo(new HttpResponse(304, RESPONSE.with(Map.of("etag", TAG)).headers(), "", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"\"",
        "\"x\"",
        "ca978112ca1bbdcafac231b39a23dc4d",
        "\"CA978112CA1BBDCAFAC231B39A23DC4D\"",
        "\"*\"",
        "**"
      })
  void unlessUnchanged_tagIsNotInTheList_is200(String ifNoneMatch) {
    assertThat(RESPONSE.unlessUnchanged(request(Map.of("if-none-match", ifNoneMatch))).status())
        .isEqualTo(200);
  }

  @Test
  void compressed_longTextAndAClientThatTakesGzip_isTheSameTextInFewerBytes() throws IOException {
    HttpResponse response = compressed(TAKES_GZIP, LONG_TEXT);

    byte[] gzip = Base64.getDecoder().decode(response.body());
    assertThat(response)
        .isEqualTo(
            new HttpResponse(
                200,
                HttpResponse.of("application/json", "")
                    .with(Map.of("content-encoding", "gzip", "vary", "origin, accept-encoding"))
                    .headers(),
                Base64.getEncoder().encodeToString(gzip),
                true));
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)))
        .hasBinaryContent(LONG_TEXT.getBytes(UTF_8));
    assertThat(gzip).hasSizeLessThan(LONG_TEXT.length() / 10);
  }

  @Test
  void compressed_whatIsNotCompressed_isTheText_andCachesAreTold() {
    Map<String, String> vary = Map.of("vary", "origin, accept-encoding");
    String shortText = LONG_TEXT.substring(1);

    assertThat(compressed(Map.of(), LONG_TEXT))
        .isEqualTo(HttpResponse.of("application/json", LONG_TEXT).with(vary));
    assertThat(compressed(TAKES_GZIP, shortText))
        .isEqualTo(HttpResponse.of("application/json", shortText).with(vary));
  }

  @Test
  void compressed_beforeItsTag_makesARepresentationOfItsOwn() {
    String plain = tag(compressed(Map.of(), LONG_TEXT));
    String gzip = tag(compressed(TAKES_GZIP, LONG_TEXT));

    assertThat(gzip).isNotEqualTo(plain);
    HttpRequest again = request(Map.of("if-none-match", gzip));
    assertThat(compressed(TAKES_GZIP, LONG_TEXT).unlessUnchanged(again).status()).isEqualTo(304);
    assertThat(compressed(Map.of(), LONG_TEXT).unlessUnchanged(again).status()).isEqualTo(200);
  }

  private static @Nullable String tag(HttpResponse response) {
    return response.unlessUnchanged(request(Map.of())).headers().get("etag");
  }

  private static HttpResponse compressed(Map<String, String> headers, String text) {
    return HttpResponse.compressed(request(headers), "application/json", out -> out.write(text));
  }

  private static HttpRequest request(Map<String, String> headers) {
    return new HttpRequest("r", "GET", "/", "", headers, null, false, "192.0.2.1");
  }
}
