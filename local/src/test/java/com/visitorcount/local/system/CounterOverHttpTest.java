package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CounterOverHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static LocalStack stack;

  @BeforeAll
  static void start() throws Exception {
    stack = TestStack.start(Map.of());
    // first calls load thousands of classes and open connections, which can outlast an attempt on a
    // busy machine: the SDK would repeat the view, and it would be answered as a duplicate
    List<CompletableFuture<HttpResponse<String>>> first =
        IntStream.range(0, 32)
            .mapToObj(i -> request(stack.increment()).POST(body("{\"page\":\"warm-up\"}")).build())
            .map(request -> HTTP.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    for (CompletableFuture<HttpResponse<String>> answer : first) {
      answer.get();
    }
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  @Test
  void post_twoHundredAtOnceOnANewPage_areNumberedOneToTwoHundred_casesB1AndB3() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 200)
            .mapToObj(i -> request(stack.increment()).POST(body("{\"page\":\"crowd\"}")).build())
            .map(request -> HTTP.sendAsync(request, BodyHandlers.ofString()))
            .toList();

    List<Integer> counts = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      counts.add(JSON.readTree(answer.get().body()).get("count").asInt());
    }

    assertThat(counts)
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
    assertThat(get("page=crowd").body()).isEqualTo("{\"page\":\"crowd\",\"count\":200}");
  }

  @Test
  void post_sameViewIdAgain_countsOnce_caseB4() throws Exception {
    String view = "{\"page\":\"retried\",\"id\":\"v1\"}";

    assertThat(post(view).body()).isEqualTo("{\"page\":\"retried\",\"count\":1}");
    assertThat(post(view).statusCode()).isEqualTo(200);
    assertThat(post(view).body()).isEqualTo("{\"page\":\"retried\",\"count\":1}");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "text/plain;charset=UTF-8",
        "application/json",
        "application/x-www-form-urlencoded",
        "application/octet-stream"
      })
  void post_anyContentType_isCounted_caseB15(String contentType) throws Exception {
    HttpRequest.Builder request =
        request(stack.increment())
            .setHeader("Origin", "null")
            .header("Cookie", "a=b")
            .POST(body("{\"page\":\"typed\"}"));
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }

    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    assertThat(answer.headers().firstValue("access-control-allow-credentials")).isEmpty();
    assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
  }

  @Test
  void post_form_is415_caseB15() throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request(stack.increment())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(body("page=/a"))
                .build(),
            BodyHandlers.ofString());

    assertProblem(answer, 415, "unsupported-media-type");
  }

  @ParameterizedTest
  @CsvSource({
    "8192, 200",
    "8193, 413",
    "100000, 413",
  })
  void post_bodyOfASize_isReadUpToTheLimit(int bytes, int status) throws Exception {
    String start = "{\"page\":\"sized\",\"x\":\"";

    assertThat(post(start + "x".repeat(bytes - start.length() - 2) + "\"}").statusCode())
        .isEqualTo(status);
  }

  @Test
  void everyAnswer_hasOneAllowedOriginHeader_caseB14() throws Exception {
    List<HttpResponse<String>> answers =
        List.of(
            post("{\"page\":\"cors\"}"),
            post("{}"),
            post("x".repeat(10_000)),
            send("PUT", stack.increment(), null),
            send("GET", stack.increment().resolve("/nothing"), null),
            get("page=cors"),
            get("page="),
            send("DELETE", stack.read(), null));

    assertThat(answers)
        .extracting(HttpResponse::statusCode)
        .containsExactly(200, 400, 413, 405, 404, 200, 400, 405);
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(answer.headers().allValues("access-control-allow-origin"))
                    .containsExactly("*"));
  }

  @ParameterizedTest
  @CsvSource({
    "page=/c/a%252Fb, /c/a%2Fb",
    "page=/c/a/b, /c/a/b",
    "page=/c/x%253Fy=1, /c/x%3Fy=1",
    "page=%2Fa%2Cb, '/a,b'",
    "page=%zz, %25zz",
    "page=/%25E8%25AE%25BA, /论",
    "page=/%E8%AE%BA, /论",
    "page=/cafe%CC%81, /café"
  })
  void get_encodedPage_isDecodedOnce_casesB17AndB21(String query, String page) throws Exception {
    String answer = raw("GET /?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    assertThat(answer)
        .startsWith("HTTP/1.1 200 ")
        .contains("{\"page\":\"" + page + "\",\"count\":0}");
  }

  @Test
  void get_pageWithReservedCharacters_isThePageThatWasCounted() throws Exception {
    post("{\"page\":\"/d/a%2Fb\"}");
    post("{\"page\":\"/About/\"}");

    assertThat(get("page=/d/a%252Fb").body()).isEqualTo("{\"page\":\"/d/a%2Fb\",\"count\":1}");
    assertThat(get("page=/d/a/b").body()).endsWith("\"count\":0}");
    assertThat(get("page=//About").body()).endsWith("\"count\":1}");
    assertThat(get("page=/about").body()).endsWith("\"count\":0}");
  }

  @Test
  void get_severalPages_areAnsweredInOneRequest() throws Exception {
    post("{\"page\":\"several\"}");

    assertThat(get("page=several&page=%2Fnever").body())
        .isEqualTo("{\"counts\":{\"several\":1,\"/never\":0}}");
  }

  @Test
  void head_isGetWithoutBody() throws Exception {
    HttpResponse<String> answer = send("HEAD", stack.read().resolve("/?page=a"), null);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "XYZ1", "OPTIONS"})
  void increment_otherMethod_is405(String method) throws Exception {
    HttpResponse<String> answer = send(method, stack.increment(), null);

    assertProblem(answer, 405, "method-not-allowed");
    assertThat(answer.headers().firstValue("allow")).contains("POST");
  }

  @Test
  void post_headersOf64KiB_areNoTrouble() throws Exception {
    HttpRequest request =
        request(stack.increment())
            .header("User-Agent", "x".repeat(65_536))
            .POST(body("{\"page\":\"headers\"}"))
            .build();

    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  @Test
  void post_pageFromRefererOnly_is400_caseB23() throws Exception {
    HttpRequest request =
        request(stack.increment())
            .header("Referer", "https://site.example/")
            .POST(body("{}"))
            .build();

    assertProblem(HTTP.send(request, BodyHandlers.ofString()), 400, "invalid-page");
  }

  @Test
  void post_originOrSiteNotAllowed_is403AndCountsNothing() throws Exception {
    try (LocalStack strict = TestStack.start(Map.of("AllowedOrigins", "https://example.com"))) {
      HttpResponse<String> foreign =
          HTTP.send(
              request(strict.increment())
                  .setHeader("Origin", "https://evil.test")
                  .POST(body("{\"page\":\"example.com/a\"}"))
                  .build(),
              BodyHandlers.ofString());
      HttpResponse<String> otherSite =
          HTTP.send(
              request(strict.increment())
                  .setHeader("Origin", "https://example.com")
                  .POST(body("{\"page\":\"other.test/a\"}"))
                  .build(),
              BodyHandlers.ofString());
      HttpResponse<String> own =
          HTTP.send(
              request(strict.increment())
                  .setHeader("Origin", "https://example.com")
                  .POST(body("{\"page\":\"example.com/a\"}"))
                  .build(),
              BodyHandlers.ofString());

      assertProblem(foreign, 403, "origin-not-allowed");
      assertThat(foreign.headers().firstValue("access-control-allow-origin")).isEmpty();
      assertProblem(otherSite, 403, "site-not-configured");
      assertThat(own.body()).isEqualTo("{\"page\":\"example.com/a\",\"count\":1}");
      assertThat(own.headers().allValues("access-control-allow-origin"))
          .containsExactly("https://example.com");
    }
  }

  @Test
  void post_switchedOffByReservedConcurrency_is429WithCors_caseB18() throws Exception {
    try (LocalStack off = TestStack.start(Map.of("IncrementConcurrency", "0"))) {
      HttpResponse<String> answer =
          HTTP.send(
              request(off.increment()).POST(body("{\"page\":\"a\"}")).build(),
              BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
    }
  }

  private static HttpRequest.Builder request(URI uri) {
    return HttpRequest.newBuilder(uri).setHeader("Origin", "https://site.test");
  }

  private static HttpRequest.BodyPublisher body(String text) {
    return BodyPublishers.ofString(text);
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return send("POST", stack.increment(), body);
  }

  private static HttpResponse<String> get(String query) throws Exception {
    return send("GET", stack.read().resolve("/?" + query), null);
  }

  private static HttpResponse<String> send(String method, URI uri, String body) throws Exception {
    HttpRequest request =
        request(uri).method(method, body == null ? BodyPublishers.noBody() : body(body)).build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  /** Sends what an HTTP client would correct or refuse. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stack.read().getPort())) {
      socket.getOutputStream().write(request.getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String slug)
      throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("type").textValue()).isEqualTo("urn:problem-type:visitorcount:" + slug);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("title").textValue()).isNotBlank();
    assertThat(problem.get("detail").textValue()).isNotBlank();
    assertThat(problem.get("instance").textValue()).startsWith("urn:uuid:");
  }
}
