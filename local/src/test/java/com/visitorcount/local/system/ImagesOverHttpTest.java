package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Badge, counting image and files as sent over HTTP: cases B19, B35 and B36. */
final class ImagesOverHttpTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final String CHROME =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0"
          + " Safari/537.36";
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";

  private static LocalStack stack;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of("CountingImage", "true"));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void badge_loadedTwice_showsTheCountAndAddsNothing() throws Exception {
    hit("/hit.svg?page=badge", CHROME);

    HttpResponse<String> first = read("/badge.svg?page=badge", Map.of());
    HttpResponse<String> second =
        read("/badge.svg?page=badge", Map.of("If-None-Match", header(first, "etag")));

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(first, "content-type")).isEqualTo("image/svg+xml; charset=utf-8");
    assertThat(header(first, "cache-control")).isEqualTo("max-age=300, s-maxage=300");
    assertThat(header(first, "content-security-policy")).startsWith("default-src 'none'");
    assertThat(header(first, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(first.body()).contains("aria-label=\"views: 1\"", "<title>views: 1</title>");
    assertThat(second.statusCode()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(count("badge")).endsWith("\"count\":1}");
  }

  @Test
  void badge_hostileLabel_staysText() throws Exception {
    String label = "%3C/text%3E%3Cscript%3Ealert(1)%3C/script%3E%22%20onload=%22x%00%0A";

    HttpResponse<String> badge =
        read("/badge.svg?page=a&color=red%22%20onclick=x&label=" + label, Map.of());

    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(badge.body())
        .contains("&lt;/text&gt;&lt;script&gt;")
        .doesNotContain("<script", "\" onload", "onclick");
  }

  @Test
  void badge_invalidPage_isABadgeThatIsNeverKept() throws Exception {
    HttpResponse<String> badge = read("/badge.svg?page=%23", Map.of());

    assertThat(badge.statusCode()).isEqualTo(200);
    assertThat(badge.body()).contains("invalid page");
    assertThat(header(badge, "cache-control")).isEqualTo("no-cache, no-store, max-age=0");
  }

  @Test
  void badge_head_hasTheHeadersOfGet() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.read().resolve("/badge.svg?page=head"))
            .method("HEAD", BodyPublishers.noBody())
            .build();

    HttpResponse<String> head = HTTP.send(request, BodyHandlers.ofString());

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "etag"))
        .isEqualTo(header(read("/badge.svg?page=head", Map.of()), "etag"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hit.svg", "/hit.gif"})
  void countingImage_loaded_countsAndIsNeverKept(String path) throws Exception {
    HttpResponse<byte[]> first = hit(path + "?page=" + path, CHROME);
    HttpResponse<byte[]> second = hit(path + "?page=" + path, FIREFOX);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(header(second, "cache-control")).isEqualTo("no-cache, no-store, max-age=0");
    assertThat(header(second, "content-type")).startsWith("image/");
    assertThat(count(path)).endsWith("\"count\":2}");
  }

  @Test
  void countingImage_pixel_isAGif() throws Exception {
    assertThat(hit("/hit.gif?page=gif", CHROME).body()).startsWith('G', 'I', 'F', '8', '9', 'a');
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose, prefetch",
    "Sec-Purpose, prefetch;prerender",
    "Purpose, prefetch",
    "X-Moz, prefetch",
    "X-Purpose, preview"
  })
  void countingImage_prefetched_isServedAndNotCounted(String name, String value) throws Exception {
    String page = name + value.length();
    HttpResponse<byte[]> image =
        HTTP.send(
            HttpRequest.newBuilder(stack.increment().resolve("/hit.svg?page=" + page))
                .header(name, value)
                .build(),
            BodyHandlers.ofByteArray());

    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(header(image, "visitorcount-dropped")).isEqualTo("prefetch");
    assertThat(count(page)).endsWith("\"count\":0}");
  }

  @Test
  void countingImage_loadedByAProgram_isServedAndNotCounted() throws Exception {
    HttpResponse<byte[]> image = hit("/hit.svg?page=program", "curl/8.5.0");

    assertThat(image.statusCode()).isEqualTo(200);
    assertThat(header(image, "visitorcount-dropped")).isEqualTo("bot");
    assertThat(count("program")).endsWith("\"count\":0}");
  }

  @Test
  void countingImage_byDefault_isNotThere() throws Exception {
    try (LocalStack plain = TestStack.start(Map.of())) {
      HttpRequest request =
          HttpRequest.newBuilder(plain.increment().resolve("/hit.svg?page=a")).build();

      assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void files_areCompressedForThoseThatTakeIt() throws Exception {
    HttpResponse<String> plain = read("/v.js", Map.of());
    HttpResponse<String> gzip = read("/v.js", Map.of("Accept-Encoding", "gzip"));

    assertThat(plain.body()).startsWith("(()=>{");
    assertThat(header(gzip, "content-encoding")).isEqualTo("gzip");
    assertThat(Integer.parseInt(header(gzip, "content-length"))).isLessThanOrEqualTo(1_000);
  }

  private static HttpResponse<byte[]> hit(String path, String userAgent) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(stack.increment().resolve(path))
            .header("User-Agent", userAgent)
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<String> read(String path, Map<String, String> headers)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(stack.read().resolve(path));
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static String count(String page) throws Exception {
    URI address = stack.read().resolve("/?page=" + page);
    return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
