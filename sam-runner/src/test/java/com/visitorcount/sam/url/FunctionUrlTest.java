package com.visitorcount.sam.url;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.function.Handlers;
import com.visitorcount.sam.function.LambdaFunction;
import com.visitorcount.sam.template.Cors;
import com.visitorcount.sam.template.FunctionUrlConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FunctionUrlTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T01:02:03.456Z"), ZoneOffset.UTC);

  private static final String ORIGIN = "https://a.example";
  private static final Cors ANY_ORIGIN =
      new Cors(List.of("*"), List.of("POST"), List.of("content-type"), List.of(), 86_400, false);
  private static final Cors LISTED_ORIGINS =
      new Cors(
          List.of(ORIGIN, "https://b.example"),
          List.of("GET", "HEAD"),
          List.of(),
          List.of("etag", "x-count"),
          0,
          true);

  private final LambdaFunction echo = Handlers.load(Handlers.Echo.class, Map.of());

  @Test
  void event_ofARequest_isThatOfAFunctionUrl() throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      HttpRequest request =
          HttpRequest.newBuilder(url.address().resolve("/a/b?x=1&y=2"))
              .header("User-Agent", "a browser")
              .header("X-One", "a")
              .header("X-One", "b")
              .header("Cookie", "c=1; d=2")
              .header("Content-Type", "text/plain;charset=UTF-8")
              .POST(BodyPublishers.ofString("{\"page\":\"ä\"}"))
              .build();

      JsonNode event = JSON.readTree(send(request).body());

      assertThat(event.get("version").asText()).isEqualTo("2.0");
      assertThat(event.get("routeKey").asText()).isEqualTo("$default");
      assertThat(event.get("rawPath").asText()).isEqualTo("/a/b");
      assertThat(event.get("rawQueryString").asText()).isEqualTo("x=1&y=2");
      assertThat(event.get("queryStringParameters")).isEqualTo(json("{'x':'1','y':'2'}"));
      assertThat(event.get("cookies")).isEqualTo(json("['c=1','d=2']"));
      assertThat(event.get("body").asText()).isEqualTo("{\"page\":\"ä\"}");
      assertThat(event.get("isBase64Encoded").asBoolean()).isFalse();
      JsonNode headers = event.get("headers");
      assertThat(headers.get("x-one").asText()).isEqualTo("a,b");
      assertThat(headers.get("content-type").asText()).isEqualTo("text/plain;charset=UTF-8");
      assertThat(headers.get("host").asText()).isEqualTo(url.address().getAuthority());
      assertThat(headers.get("x-forwarded-for").asText()).isEqualTo("127.0.0.1");
      assertThat(headers.has("cookie")).isFalse();
      assertThat(headers.has("connection")).isFalse();
      JsonNode context = event.get("requestContext");
      assertThat(context.get("http"))
          .isEqualTo(
              json(
                  "{'method':'POST','path':'/a/b','protocol':'HTTP/1.1','sourceIp':'127.0.0.1',"
                      + "'userAgent':'a browser'}"));
      assertThat(context.get("requestId").asText()).hasSize(36);
      assertThat(context.get("domainName").asText()).isEqualTo("127.0.0.1");
      assertThat(context.get("time").asText()).isEqualTo("25/Nov/2026:01:02:03 +0000");
      assertThat(context.get("timeEpoch").asLong()).isEqualTo(CLOCK.millis());
    }
  }

  @Test
  void event_ofABareRequest_lacksWhatThereIsNot() throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      JsonNode event = JSON.readTree(raw(url, "GET / HTTP/1.1\r\nHost: x\r\n"));

      assertThat(event.get("rawPath").asText()).isEqualTo("/");
      assertThat(event.get("rawQueryString").asText()).isEmpty();
      assertThat(event.get("isBase64Encoded").asBoolean()).isFalse();
      assertThat(event.has("queryStringParameters")).isFalse();
      assertThat(event.has("cookies")).isFalse();
      assertThat(event.has("body")).isFalse();
      assertThat(event.get("requestContext").get("http").get("userAgent").isNull()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "text/plain, false",
    "text/plain;charset=UTF-8, false",
    "TEXT/CSV, false",
    "application/json, false",
    "application/json; charset=utf-8, false",
    "application/xml, false",
    "application/javascript, false",
    "application/x-www-form-urlencoded, true",
    "application/problem+json, true",
    "application/octet-stream, true",
    "image/svg+xml, true",
    ", true"
  })
  void body_ofAContentType_isTextOrBase64(String contentType, boolean base64) throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(url.address()).POST(BodyPublishers.ofString("page"));
      if (contentType != null) {
        request.header("Content-Type", contentType);
      }

      JsonNode event = JSON.readTree(send(request.build()).body());

      assertThat(event.get("isBase64Encoded").asBoolean()).isEqualTo(base64);
      assertThat(event.get("body").asText()).isEqualTo(base64 ? "cGFnZQ==" : "page");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/c/a%2Fb,       /c/a%2Fb,      ''",
    "/c/a/b,         /c/a/b,        ''",
    "/c/x%3Fy=1,     /c/x%3Fy=1,    ''",
    "/c/%252F,       /c/%252F,      ''",
    "//about//,      //about//,     ''",
    "/a/../b/./c,    /a/../b/./c,   ''",
    "/a;x=1,         /a;x=1,        ''",
    "/%0a%7F%ff,     /%0a%7F%ff,    ''",
    "/?page=%2Fa%2Cb, /,            page=%2Fa%2Cb",
    "/?page=%zz,     /,             page=%zz",
    "/?a=|{}^`\\,    /,             a=|{}^`\\",
    "/?,             /,             ''",
    "/a?b?c,         /a,            b?c"
  })
  void rawPathAndQuery_ofAnOddTarget_areLeftAsTheyCame(String target, String path, String query)
      throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      JsonNode event = JSON.readTree(raw(url, "GET " + target + " HTTP/1.1\r\nHost: x\r\n"));

      assertThat(event.get("rawPath").asText()).isEqualTo(path);
      assertThat(event.get("rawQueryString").asText()).isEqualTo(query);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "page=%2Fa%2Cb      | {'page':'/a,b'}",
        "page=/a&page=/b    | {'page':'/a,/b'}",
        "a                  | {'a':''}",
        "a=b+c%20d          | {'a':'b c d'}",
        "a=%C3%A4           | {'a':'ä'}",
        "a=%zz              | {'a':'%zz'}"
      })
  void queryStringParameters_areDecodedAndJoined(String query, String parameters) throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      JsonNode event = JSON.readTree(raw(url, "GET /?" + query + " HTTP/1.1\r\nHost: x\r\n"));

      assertThat(event.get("queryStringParameters")).isEqualTo(json(parameters));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "PURGE", "OPTIONS", "TRACE"})
  void method_ofAnyKind_reachesTheFunction(String method) throws Exception {
    try (FunctionUrl url = open(echo, ANY_ORIGIN)) {
      JsonNode event = JSON.readTree(raw(url, method + " / HTTP/1.1\r\nHost: x\r\n"));

      assertThat(event.at("/requestContext/http/method").asText()).isEqualTo(method);
    }
  }

  @Test
  void head_isAnsweredWithoutABody() throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      HttpResponse<String> response =
          send(request(url).method("HEAD", BodyPublishers.noBody()).build());

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
    }
  }

  @Test
  void header_of64Kilobytes_reachesTheFunction() throws Exception {
    String userAgent = "x".repeat(64 * 1024);
    try (FunctionUrl url = open(echo, null)) {
      JsonNode event =
          JSON.readTree(send(request(url).header("User-Agent", userAgent).build()).body());

      assertThat(event.at("/headers/user-agent").asText()).isEqualTo(userAgent);
    }
  }

  @Test
  void preflight_withAnyOrigin_isAnsweredWithoutTheFunction() throws Exception {
    try (FunctionUrl url = open(Handlers.load(Handlers.Throwing.class, Map.of()), ANY_ORIGIN)) {
      HttpResponse<String> response = send(preflight(url, "https://any.example"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEmpty();
      assertThat(corsHeaders(response))
          .isEqualTo(
              Map.of(
                  "access-control-allow-origin", List.of("*"),
                  "access-control-allow-methods", List.of("POST"),
                  "access-control-allow-headers", List.of("content-type"),
                  "access-control-max-age", List.of("86400")));
    }
  }

  @Test
  void preflight_withListedOrigins_namesTheCallersOrNone() throws Exception {
    try (FunctionUrl url = open(echo, LISTED_ORIGINS)) {
      assertThat(corsHeaders(send(preflight(url, ORIGIN))))
          .isEqualTo(
              Map.of(
                  "access-control-allow-origin", List.of(ORIGIN),
                  "access-control-allow-credentials", List.of("true"),
                  "access-control-allow-methods", List.of("GET,HEAD"),
                  "vary", List.of("Origin")));
      assertThat(corsHeaders(send(preflight(url, "https://c.example"))))
          .isEqualTo(Map.of("vary", List.of("Origin")));
    }
  }

  @Test
  void answer_withAnyOrigin_allowsItOnce() throws Exception {
    try (FunctionUrl url = open(echo, ANY_ORIGIN)) {
      for (String origin : List.of("https://any.example", "null")) {
        HttpResponse<String> response = send(request(url).header("Origin", origin).build());

        assertThat(corsHeaders(response))
            .isEqualTo(Map.of("access-control-allow-origin", List.of("*")));
      }
      assertThat(corsHeaders(send(request(url).build()))).isEmpty();
    }
  }

  @Test
  void answer_withListedOrigins_echoesTheMatchingOne() throws Exception {
    try (FunctionUrl url = open(echo, LISTED_ORIGINS)) {
      assertThat(corsHeaders(send(request(url).header("Origin", ORIGIN).build())))
          .isEqualTo(
              Map.of(
                  "access-control-allow-origin", List.of(ORIGIN),
                  "access-control-allow-credentials", List.of("true"),
                  "access-control-expose-headers", List.of("etag,x-count"),
                  "vary", List.of("Origin")));

      HttpResponse<String> other = send(request(url).header("Origin", "https://c.example").build());
      assertThat(other.statusCode()).isEqualTo(200);
      assertThat(corsHeaders(other)).isEqualTo(Map.of("vary", List.of("Origin")));
    }
  }

  @Test
  void answer_ofAFunctionThatSetsCorsItself_hasTheHeaderTwiceAsAtAws() throws Exception {
    LambdaFunction function =
        answering("{'statusCode':200,'headers':{'Access-Control-Allow-Origin':'*'}}");
    try (FunctionUrl url = open(function, ANY_ORIGIN)) {
      HttpResponse<String> response = send(request(url).header("Origin", ORIGIN).build());

      assertThat(response.headers().allValues("access-control-allow-origin"))
          .containsExactly("*", "*");
    }
  }

  @Test
  void answer_withoutCorsInTheTemplate_hasNoHeaderAndOptionsReachTheFunction() throws Exception {
    try (FunctionUrl url = open(echo, null)) {
      HttpResponse<String> response = send(preflight(url, ORIGIN));

      assertThat(corsHeaders(response)).isEmpty();
      assertThat(JSON.readTree(response.body()).at("/requestContext/http/method").asText())
          .isEqualTo("OPTIONS");
    }
  }

  @Test
  void functionThatThrows_is502WithCors() throws Exception {
    try (FunctionUrl url = open(Handlers.load(Handlers.Throwing.class, Map.of()), ANY_ORIGIN)) {
      HttpResponse<String> response = send(request(url).header("Origin", ORIGIN).build());

      assertThat(response.statusCode()).isEqualTo(502);
      assertThat(response.body()).isEqualTo("Internal Server Error");
      assertThat(corsHeaders(response))
          .isEqualTo(Map.of("access-control-allow-origin", List.of("*")));
    }
  }

  @Test
  void functionWithoutConcurrency_is429WithCors() throws Exception {
    LambdaFunction function = Handlers.load(Handlers.Echo.class, Map.of(), OptionalInt.of(0));
    try (FunctionUrl url = open(function, ANY_ORIGIN)) {
      HttpResponse<String> response = send(request(url).header("Origin", ORIGIN).build());

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(JSON.readTree(response.body()).get("Reason").asText())
          .isEqualTo("ReservedFunctionConcurrentInvocationLimitExceeded");
      assertThat(corsHeaders(response))
          .isEqualTo(Map.of("access-control-allow-origin", List.of("*")));
    }
  }

  @Test
  void body_ofMoreThanSixMegabytes_is413WithCorsAndWithoutTheFunction() throws Exception {
    try (FunctionUrl url = open(Handlers.load(Handlers.Throwing.class, Map.of()), ANY_ORIGIN)) {
      BodyPublisher body = BodyPublishers.ofByteArray(new byte[7_000_000]);
      HttpResponse<String> response =
          send(request(url).header("Origin", ORIGIN).POST(body).build());

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(corsHeaders(response))
          .isEqualTo(Map.of("access-control-allow-origin", List.of("*")));
    }
  }

  @Test
  void answer_withStatusHeadersCookiesAndBase64_isThatResponse() throws Exception {
    LambdaFunction function =
        answering(
            "{'statusCode':201,'headers':{'X-A':'b','Content-Type':'image/png'},"
                + "'cookies':['c=1; Path=/','d=2'],'body':'cGFnZQ==','isBase64Encoded':true}");
    try (FunctionUrl url = open(function, null)) {
      HttpResponse<String> response = send(request(url).build());

      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.body()).isEqualTo("page");
      assertThat(response.headers().firstValue("x-a")).hasValue("b");
      assertThat(response.headers().allValues("content-type")).containsExactly("image/png");
      assertThat(response.headers().allValues("set-cookie")).containsExactly("c=1; Path=/", "d=2");
      assertThat(response.headers().firstValue("server")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'statusCode':200,'body':'x'} | 200 | x",
        "{'statusCode':404} | 404 | ``",
        "{'statusCode':200,'headers':{'Content-Length':'99'},'body':'x'} | 200 | x",
        "{'hello':'world'}  | 200 | {'hello':'world'}",
        "'a text'           | 200 | 'a text'",
        "{'statusCode':0}   | 502 | Internal Server Error",
        "{'statusCode':200,'body':'%','isBase64Encoded':true} | 502 | Internal Server Error"
      })
  void answer_ofAnyShape_isWhatAwsMakesOfIt(String answer, int status, String body)
      throws Exception {
    try (FunctionUrl url = open(answering(answer), null)) {
      HttpResponse<String> response = send(request(url).build());

      assertThat(response.statusCode()).isEqualTo(status);
      assertThat(response.body()).isEqualTo(body.replace('\'', '"'));
      assertThat(response.headers().allValues("content-type")).containsExactly("application/json");
    }
  }

  @Test
  void answer_ofMoreThanSixMegabytes_is502() throws Exception {
    LambdaFunction function =
        answering("{'statusCode':200,'body':'" + "x".repeat(6_300_000) + "'}");
    try (FunctionUrl url = open(function, null)) {
      assertThat(send(request(url).build()).statusCode()).isEqualTo(502);
    }
  }

  private static LambdaFunction answering(String answer) {
    return Handlers.load(Handlers.Answering.class, Map.of("ANSWER", answer.replace('\'', '"')));
  }

  private static FunctionUrl open(LambdaFunction function, Cors cors) {
    FunctionUrl url = FunctionUrl.bind(0);
    url.serve(function, new FunctionUrlConfig(cors), CLOCK);
    return url;
  }

  private static HttpRequest.Builder request(FunctionUrl url) {
    return HttpRequest.newBuilder(url.address());
  }

  private static HttpRequest preflight(FunctionUrl url, String origin) {
    return request(url)
        .method("OPTIONS", BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "content-type")
        .build();
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return CLIENT.send(request, BodyHandlers.ofString());
  }

  /** Sends a request that HTTP clients would not, and returns the body of the answer. */
  private static String raw(FunctionUrl url, String head) throws IOException {
    URI address = url.address();
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(response).startsWith("HTTP/1.1 200 ");
      return response.substring(response.indexOf("\r\n\r\n") + 4);
    }
  }

  private static Map<String, List<String>> corsHeaders(HttpResponse<?> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.keySet().removeIf(name -> !name.startsWith("access-control-") && !name.equals("vary"));
    return headers;
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text.replace('\'', '"'));
  }
}
