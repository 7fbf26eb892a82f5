package com.visitorcount.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.web.WebFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FileEndpointTest {
  private final FileEndpoint endpoint = new FileEndpoint(new WebFiles(), false);
  private final RequestRecord record = mock();

  @Test
  void answer_tracker_isAScriptThatMayBeKeptForADay() throws IOException {
    HttpResponse response = get("/v.js", Map.of());

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "text/javascript; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=86400, stale-while-revalidate=604800")
        .containsEntry("vary", "origin, accept-encoding")
        .containsEntry("x-content-type-options", "nosniff")
        .containsKey("etag")
        .doesNotContainKeys("content-encoding", "access-control-allow-origin");
    assertThat(text(response)).startsWith("(()=>{").doesNotContain("//   <script");
    assertThat(text(get("/v.src.js", Map.of()))).contains("//   <script");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dashboard/", "/dashboard/dashboard.js", "/dashboard/dashboard.css"})
  void answer_dashboard_letsNothingIn(String path) {
    assertThat(get(path, Map.of()).headers())
        .containsEntry(
            "content-security-policy",
            "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("x-frame-options", "DENY")
        .containsEntry("cache-control", "no-cache")
        .containsKey("etag");
  }

  /** A page that may be framed cannot get at the owner's token. */
  @ParameterizedTest
  @CsvSource({
    "'', false, false",
    "share=k, false, false",
    "panel=pages, false, false",
    "panel=pages&share=k, false, true",
    "'', true, false",
    "panel=pages, true, true"
  })
  void answer_dashboard_isFramedByAPanelOnly(String query, boolean forEveryone, boolean framed) {
    HttpRequest request =
        new HttpRequest("r", "GET", "/dashboard/", query, Map.of(), null, false, "192.0.2.1");
    Map<String, String> headers =
        new FileEndpoint(new WebFiles(), forEveryone).answer(request, record).headers();

    assertThat(headers.get("content-security-policy"))
        .endsWith(framed ? "frame-ancestors *" : "frame-ancestors 'none'");
    assertThat(headers.containsKey("x-frame-options")).isNotEqualTo(framed);
  }

  @Test
  void answer_fileThatTheDashboardNames_isKeptForAYear() throws IOException {
    String page = text(get("/dashboard/", Map.of()));
    String script = page.replaceAll("(?s).*src=\"(dashboard[^\"]*)\".*", "$1");

    assertThat(get("/dashboard/" + script, Map.of()).headers())
        .containsEntry("cache-control", "public, max-age=31536000, immutable")
        .containsKey("content-security-policy");
  }

  @Test
  void answer_nameOfAnotherRelease_isTheFileAsItIsNow() throws IOException {
    HttpResponse response = get("/dashboard/dashboard.0123456789ab.css", Map.of());

    assertThat(response.headers()).containsEntry("cache-control", "no-cache");
    assertThat(text(response)).isEqualTo(text(get("/dashboard/dashboard.css", Map.of())));
  }

  @Test
  void answer_file_countsNothing() {
    get("/v.js", Map.of());

    verify(record, never()).count(any());
    verify(record, never()).count(any(), anyInt());
  }

  @Test
  void answer_dashboardWithoutItsSlash_isSentThere() {
    HttpResponse response = get("/dashboard", Map.of());

    assertThat(response.status()).isEqualTo(308);
    assertThat(response.headers()).containsEntry("location", "/dashboard/");
  }

  @Test
  void answer_sharedLinkWithoutItsSlash_keepsItsKey() {
    HttpRequest request =
        new HttpRequest(
            "r", "GET", "/dashboard", "share=k&f=page:%2Fa", Map.of(), null, false, "192.0.2.1");

    assertThat(endpoint.answer(request, record).headers())
        .containsEntry("location", "/dashboard/?share=k&f=page:%2Fa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=b c", "a=b\r\nset-cookie: x=1", "a=\u00e9", "\u0000"})
  void answer_queryThatNoAddressCanHave_isNotPutIntoAHeader(String query) {
    HttpRequest request =
        new HttpRequest("r", "GET", "/dashboard", query, Map.of(), null, false, "192.0.2.1");

    assertThat(endpoint.answer(request, record).headers()).containsEntry("location", "/dashboard/");
  }

  @Test
  void answer_browserTakesGzip_isCompressed() throws IOException {
    HttpResponse response = get("/v.js", Map.of("accept-encoding", "gzip, deflate, br, zstd"));

    assertThat(response.headers()).containsEntry("content-encoding", "gzip");
    byte[] gzip = Base64.getDecoder().decode(response.body());
    assertThat(
            new String(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes(), UTF_8))
        .isEqualTo(text(get("/v.js", Map.of())));
  }

  @Test
  void answer_browserTakesNoGzip_isPlain() {
    assertThat(get("/v.js", Map.of("accept-encoding", "br")).headers())
        .doesNotContainKey("content-encoding");
  }

  @Test
  void answer_browserHasItAlready_is304ForTheSameEncodingOnly() {
    String plain = get("/v.js", Map.of()).headers().get("etag");
    String gzip = get("/v.js", Map.of("accept-encoding", "gzip")).headers().get("etag");

    assertThat(plain).isNotEqualTo(gzip);
    assertThat(get("/v.js", Map.of("if-none-match", plain)).status()).isEqualTo(304);
    assertThat(get("/v.js", Map.of("if-none-match", gzip)).status()).isEqualTo(200);
    assertThat(get("/visitor-count.js", Map.of("if-none-match", plain)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "OPTIONS", "XYZ1"})
  void answer_otherMethod_is405(String method) {
    assertThatThrownBy(() -> endpoint.answer(request(method, "/v.js", Map.of()), record))
        .isInstanceOf(ProblemException.class)
        .hasMessage("method-not-allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "/favicon.ico", "//", "/../v.js", "/dashboard/none.js"})
  void answer_otherPath_is404(String path) {
    assertThatThrownBy(() -> get(path, Map.of()))
        .isInstanceOf(ProblemException.class)
        .hasMessage("not-found");
  }

  private HttpResponse get(String path, Map<String, String> headers) {
    return endpoint.answer(request("GET", path, headers), record);
  }

  private static HttpRequest request(String method, String path, Map<String, String> headers) {
    return new HttpRequest("r", method, path, "", headers, null, false, "192.0.2.1");
  }

  private static String text(HttpResponse response) {
    return new String(Base64.getDecoder().decode(response.body()), UTF_8);
  }
}
