package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The product on one host, behind a proxy that follows {@code cloudfront.yaml}. */
final class BehindProxyTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String TOKEN = "opensesame";
  private static final String TOKEN_SHA256 =
      "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";
  private static final String SECRET = "secret";
  private static final String SECRET_SHA256 =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  private static LocalStack stack;
  private static Proxy proxy;

  @BeforeAll
  static void start() throws IOException {
    stack =
        TestStack.start(
            Map.of(
                "PublicUrl", "https://stats.example.com",
                "OriginSecretSha256", SECRET_SHA256,
                "TrustedIpHeader", "CloudFront-Viewer-Address",
                "TrustedCountryHeader", "CloudFront-Viewer-Country",
                "CountingImage", "true",
                "PublicStatistics", "false",
                "StatisticsTokenSha256", TOKEN_SHA256));
    proxy = new Proxy(Files.readString(TestStack.root().resolve("cloudfront.yaml")));
  }

  @AfterAll
  static void stop() {
    proxy.close();
    stack.close();
  }

  @Test
  void views_areCountedAtTheirOwnPath_andReadAtTheRoot() throws Exception {
    HttpResponse<String> counted = send("POST", "/v", "{\"page\":\"own_path\"}");
    HttpResponse<String> plausible =
        send("POST", "/api/event", "{\"n\":\"pageview\",\"u\":\"https://plausible.test/a\"}");

    assertThat(plausible.statusCode()).isEqualTo(202);
    assertThat(counted.statusCode()).isEqualTo(200);
    assertThat(counted.body()).isEqualTo("{\"page\":\"own_path\",\"count\":1}");
    assertThat(send("GET", "/?page=own_path", "").body())
        .isEqualTo("{\"page\":\"own_path\",\"count\":1}");
    assertThat(send("POST", "/", "{\"page\":\"own_path\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void preflight_isThatOfTheFunctions() throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            "/v",
            "",
            "origin",
            "https://example.com",
            "access-control-request-method",
            "POST",
            "access-control-request-headers",
            "content-type");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("access-control-allow-methods")).hasValue("POST");
    assertThat(answer.headers().firstValue("access-control-allow-headers"))
        .hasValue("content-type");
  }

  @Test
  void files_images_andBadges_areServed() throws Exception {
    assertThat(send("GET", "/v.js", "").body()).contains("fetch");
    assertThat(send("GET", "/dashboard/", "").statusCode()).isEqualTo(200);
    assertThat(send("GET", "/hit.svg?page=image", "").body()).startsWith("<svg");
    assertThat(send("GET", "/badge.svg?page=image", "").body()).startsWith("<svg");
    assertThat(send("GET", "/?page=image", "").body()).contains("\"count\":1");
  }

  @Test
  void statistics_takeTheToken_andTellTheProxysCountryAndAddress() throws Exception {
    send("POST", "/v", "{\"page\":\"/abroad\",\"tz\":\"Europe/Berlin\"}");
    stack.closeNow();
    String question = "/api/v1/stats/breakdown?site_id=default&period=day&property=visit:country";

    assertThat(send("GET", question, "").statusCode()).isEqualTo(401);
    assertThat(send("GET", question, "", "authorization", "Bearer " + TOKEN).body())
        .contains("\"country\":\"NZ\"")
        .doesNotContain("DE");
    assertThat(send("DELETE", "/api/v1/sites/share?site_id=default", "").statusCode())
        .as("asks for the token, so it came through")
        .isEqualTo(401);
    assertThat(send("GET", "/api/v1/sites", "", "authorization", "Bearer " + TOKEN).body())
        .contains("\"collector\":\"https://stats.example.com/v\"");
  }

  @Test
  void functions_refuseWhoGoesAroundTheProxy() throws Exception {
    for (URI function : List.of(stack.increment(), stack.read())) {
      for (String sent : List.of("", "Secret", SECRET_SHA256)) {
        HttpRequest.Builder request =
            HttpRequest.newBuilder(function.resolve("/?page=around"))
                .method(function.equals(stack.read()) ? "GET" : "POST", BodyPublishers.noBody());
        if (!sent.isEmpty()) {
          request.header("x-origin-verify", sent);
        }
        HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not-through-proxy");
      }
    }
    assertThat(send("GET", "/?page=main_page", "").body()).contains("\"count\":0");
  }

  /** The secret header would be useless if a visitor could send it. */
  @Test
  void proxy_putsItsOwnHeadersInThePlaceOfTheVisitors() throws Exception {
    HttpResponse<String> answer = send("GET", "/?page=main_page", "", "x-origin-verify", "made up");

    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> send(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
    if (!body.isEmpty()) {
      request.header("content-type", "text/plain;charset=UTF-8");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /**
   * CloudFront as far as the template uses it, without its cache: an origin and methods for each
   * path, headers passed on by name, its own headers added.
   */
  private static final class Proxy implements AutoCloseable {
    private record Behaviour(Pattern path, String origin, List<String> methods) {}

    private final List<Behaviour> behaviours;
    private final List<String> passedOn;
    private final String secretHeader;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Proxy(String template) throws IOException {
      behaviours =
          new ArrayList<>(behaviours(template, "PathPattern: (\\S+)\\n\\s+TargetOriginId: (\\w+)"));
      behaviours.addAll(
          behaviours(template, "DefaultCacheBehavior:()\\n\\s+TargetOriginId: (\\w+)"));
      passedOn =
          Pattern.compile("\\n            - ([A-Z][A-Za-z-]+)(?=\\n)")
              .matcher(template)
              .results()
              .map(header -> header.group(1))
              .collect(Collectors.toCollection(ArrayList::new));
      Matcher keyed = Pattern.compile("Headers: \\[([A-Za-z, ]+)]").matcher(template);
      assertThat(keyed.find()).isTrue();
      passedOn.addAll(List.of(keyed.group(1).split(", ")));
      Matcher secret =
          Pattern.compile("HeaderName: (\\S+), HeaderValue: !Ref OriginSecret").matcher(template);
      assertThat(secret.find()).isTrue();
      secretHeader = secret.group(1);
      assertThat(behaviours).hasSize(6);
      assertThat(passedOn).contains("User-Agent", "CloudFront-Viewer-Country", "Authorization");

      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", this::answer);
      server.start();
    }

    private static List<Behaviour> behaviours(String template, String head) {
      return Pattern.compile(head + "\\n.*\\n\\s+AllowedMethods: \\[([A-Z, ]+)]")
          .matcher(template)
          .results()
          .map(
              found ->
                  new Behaviour(
                      Pattern.compile(
                          found.group(1).isEmpty()
                              ? ".*"
                              : Pattern.quote(found.group(1)).replace("*", "\\E.*\\Q")),
                      found.group(2),
                      List.of(found.group(3).split(", "))))
          .toList();
    }

    URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        URI asked = exchange.getRequestURI();
        Behaviour behaviour =
            behaviours.stream()
                .filter(each -> each.path().matcher(asked.getRawPath()).matches())
                .findFirst()
                .orElseThrow();
        if (!behaviour.methods().contains(exchange.getRequestMethod())) {
          exchange.sendResponseHeaders(403, -1);
          return;
        }
        URI origin = behaviour.origin().equals("read") ? stack.read() : stack.increment();
        HttpResponse<byte[]> answer =
            HTTP.send(request(exchange, origin), BodyHandlers.ofByteArray());
        answer
            .headers()
            .map()
            .forEach(
                (name, values) -> {
                  if (!name.equalsIgnoreCase("content-length") && !name.startsWith(":")) {
                    exchange.getResponseHeaders().put(name, values);
                  }
                });
        exchange.sendResponseHeaders(
            answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
        exchange.getResponseBody().write(answer.body());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    private HttpRequest request(HttpExchange exchange, URI origin) throws IOException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(origin.resolve(exchange.getRequestURI().toString()))
              .method(
                  exchange.getRequestMethod(),
                  BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .header(secretHeader, SECRET);
      for (String name : passedOn) {
        String value = exchange.getRequestHeaders().getFirst(name);
        switch (name) {
          case "CloudFront-Viewer-Address" -> request.header(name, "203.0.113.7:46532");
          case "CloudFront-Viewer-Country" -> request.header(name, "NZ");
          default -> {
            if (value != null) {
              request.header(name, value);
            }
          }
        }
      }
      return request.build();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.shutdownNow();
    }
  }
}
