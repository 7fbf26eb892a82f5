package com.visitorcount.local.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.sam.lambda.LambdaApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoSiteTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final AtomicInteger CLOSED = new AtomicInteger();
  private static final DemoSite SITE =
      DemoSite.open(
          0,
          URI.create("http://127.0.0.1:1/"),
          URI.create("http://127.0.0.1:2/"),
          new LambdaApi(Map.of()),
          CLOSED::incrementAndGet,
          () -> "all adds up");

  @AfterAll
  static void close() {
    SITE.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html; charset=utf-8",
    "/demo.css, text/css; charset=utf-8",
    "/demo.js, text/javascript; charset=utf-8",
    "/favicon.svg, image/svg+xml",
    "/article, text/html; charset=utf-8",
    "/app, text/html; charset=utf-8",
    "/app/recipes, text/html; charset=utf-8",
    "/app/about, text/html; charset=utf-8",
    "/readme, text/html; charset=utf-8",
    "/install, text/html; charset=utf-8",
    "/app.js, text/javascript; charset=utf-8"
  })
  void get_ofAFile_isItWithItsTypeAndPolicy(String path, String contentType) throws Exception {
    HttpResponse<String> response = send("GET", path);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isNotBlank();
    assertThat(response.headers().firstValue("content-type")).hasValue(contentType);
    assertThat(response.headers().firstValue("x-content-type-options")).hasValue("nosniff");
    assertThat(response.headers().firstValue("content-security-policy"))
        .hasValueSatisfying(
            policy ->
                assertThat(policy)
                    .contains("default-src 'self';")
                    .contains("connect-src 'self' http://127.0.0.1:1 http://127.0.0.1:2;")
                    .doesNotContain("unsafe"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/article", "/app", "/readme", "/install"})
  void page_hasTheAddressesOfTheFunctions(String path) throws Exception {
    assertThat(send("GET", path).body())
        .contains("data-increment=\"http://127.0.0.1:1/\" data-read=\"http://127.0.0.1:2/\"")
        .doesNotContain("{{");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/article", "/app", "/readme", "/install"})
  void page_hasNothingInline(String path) throws Exception {
    assertThat(send("GET", path).body())
        .doesNotContainPattern("<script(?![^>]* src=)|<style| style=|\\son[a-z]+=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/index.html", "/a/../demo.js", "/demo.js/", "//demo.js"})
  void get_ofAnythingElse_is404(String path) throws Exception {
    assertThat(send("GET", path).statusCode()).isEqualTo(404);
  }

  @Test
  void head_hasNoBody_andPostIsRefused() throws Exception {
    HttpResponse<String> head = send("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();

    HttpResponse<String> post = send("POST", "/");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void postToClose_isAnsweredWhenItIsDone() throws Exception {
    int before = CLOSED.get();

    assertThat(send("POST", "/close").statusCode()).isEqualTo(204);

    assertThat(CLOSED).hasValue(before + 1);
    assertThat(send("GET", "/close").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/verify").body()).isEqualTo("all adds up");
  }

  private static HttpResponse<String> send(String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(SITE.address().resolve("/") + path.substring(1)))
            .method(method, BodyPublishers.noBody())
            .build();
    return CLIENT.send(request, BodyHandlers.ofString());
  }
}
