package com.visitorcount.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

final class S3BucketTest {
  private static final String REFUSAL =
      "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>";

  private final SdkHttpClient http = Apache5HttpClient.create();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private final List<Long> pauses = new ArrayList<>();
  private HttpServer server;
  private S3Bucket bucket;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
    bucket =
        new S3Bucket(
            http,
            StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "secret", "token")),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/lake/"),
            "eu-central-1",
            pauses::add);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(
        "%s %s %s %s %s"
            .formatted(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestHeaders().getFirst("x-amz-checksum-crc32"),
                exchange.getRequestHeaders().getFirst("x-amz-security-token"),
                body));
    assertThat(exchange.getRequestHeaders().getFirst("authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=id/")
        .contains("/eu-central-1/s3/aws4_request");
    int status = statuses.isEmpty() ? 200 : statuses.remove();
    byte[] answer = (status == 200 ? "" : REFUSAL).getBytes(UTF_8);
    exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void put_object_isSignedAndChecked() throws IOException {
    bucket.put("stack/site=localhost%3A8080/day=2026-11-24/rows.parquet", "PAR1".getBytes(UTF_8));

    assertThat(requests)
        .containsExactly(
            "PUT /lake/stack/site%3Dlocalhost%253A8080/day%3D2026-11-24/rows.parquet"
                + " QkIIpQ== token PAR1");
  }

  @Test
  void put_trouble_isTriedAgain() throws IOException {
    statuses.addAll(List.of(503, 500, 429));

    bucket.put("a", new byte[] {65});

    assertThat(requests).hasSize(4);
    assertThat(pauses).containsExactly(200_000_000L, 400_000_000L, 800_000_000L);
  }

  @Test
  void put_troubleThatStays_fails() {
    statuses.addAll(List.of(503, 503, 503, 503, 503));

    assertThatThrownBy(() -> bucket.put("a", new byte[] {65}))
        .isInstanceOf(IOException.class)
        .hasMessage("S3 answered 503 AccessDenied");
    assertThat(requests).hasSize(4);
  }

  @Test
  void put_refusal_failsAtOnce() {
    statuses.add(403);

    assertThatThrownBy(() -> bucket.put("a", new byte[] {65}))
        .hasMessage("S3 answered 403 AccessDenied");
    assertThat(requests).hasSize(1);
  }

  @Test
  void put_noAnswer_fails() {
    server.stop(0);

    assertThatThrownBy(() -> bucket.put("a", new byte[] {65})).isInstanceOf(IOException.class);
    assertThat(pauses).hasSize(3);
  }

  @Test
  void lakeAddress_ofEachKind_isThatOfTheBucket() {
    assertThat(address("lake", "eu-central-1", ""))
        .isEqualTo("https://lake.s3.eu-central-1.amazonaws.com/");
    assertThat(address("a.lake", "eu-central-1", ""))
        .isEqualTo("https://s3.eu-central-1.amazonaws.com/a.lake/");
    assertThat(address("lake", "cn-north-1", ""))
        .isEqualTo("https://lake.s3.cn-north-1.amazonaws.com.cn/");
    assertThat(address("lake", "us-east-1", "http://127.0.0.1:8080/s3"))
        .isEqualTo("http://127.0.0.1:8080/s3/lake/");
  }

  private static String address(String bucket, String region, String endpoint) {
    return Settings.from(
            Map.of(
                "HISTORY_TABLE_NAME",
                "VisitorHistory",
                "POWERTOOLS_METRICS_NAMESPACE",
                "VisitorCount",
                "POWERTOOLS_SERVICE_NAME",
                "VisitorCount",
                "LAKE_BUCKET",
                bucket,
                "AWS_REGION",
                region,
                "AWS_ENDPOINT_URL_S3",
                endpoint))
        .lakeAddress()
        .toString();
  }
}
