package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Commands that take {@code --stack}, through the real SDK, against AWS's protocols on loopback.
 */
final class StackCommandsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final String TOKEN = "correct horse";
  private static final String SECRET = "0f0e0d0c-0b0a-4909-8807-060504030201";

  private static final Map<String, String> SYSTEM =
      Map.of(
          "aws.region", "eu-central-1",
          "aws.accessKeyId", "key",
          "aws.secretAccessKey", "secret");

  private final List<String> requests = new ArrayList<>();
  private final Map<String, String> parameters =
      new TreeMap<>(
          Map.of(
              "StatisticsTokenSha256", TokenCommand.sha256(TOKEN),
              "StatisticsShareSecret", "****",
              "AllowedOrigins", "https://blog.example",
              "AlarmEmail", "me@blog.example",
              "DeletionProtection", "true",
              "IncrementConcurrency", "-1"));
  private String answerOfFunction = "{\"batchItemFailures\":[]}";
  private String timeToLive = "ENABLED";
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    SYSTEM.forEach(System::setProperty);
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    SYSTEM.keySet().forEach(System::clearProperty);
    System.clearProperty("aws.endpointUrl");
    server.stop(0);
  }

  @Test
  void token_ofTheStack_isRecognised() {
    assertThat(run(TOKEN + "\n", "token", "check", "--stack", "blog"))
        .isEqualTo(new Run(0, "The token is valid."));
    assertThat(run("another\n", "token", "check", "--stack", "blog").code()).isEqualTo(1);
    assertThat(run(TOKEN + "\n", "token", "check", "--stack", "blog", "--sender").code())
        .isEqualTo(1);
    assertThat(run("", "token", "make", "--json").output())
        .matches("\\{\"token\":\"[0-9a-f]{64}\",\"sha256\":\"[0-9a-f]{64}\"}");
  }

  @Test
  void share_keyOfASite_opensThatSite() {
    Run made = run(SECRET + "\n", "share", "make", "example.com", "--stack", "blog");

    // printf %s example.com | openssl dgst -sha256 -hmac "$SECRET" | cut -c-32
    String key = made.output().replaceFirst(".*&share=", "");
    assertThat(made.output())
        .startsWith("https://read.example/dashboard/?site=example.com&share=")
        .endsWith(key);
    assertThat(key).matches("[0-9a-f]{32}");
    assertThat(run(SECRET + "\n", "share", "check", "example.com", key, "--stack", "blog").code())
        .isZero();
    assertThat(run(SECRET + "\n", "share", "check", "example.org", key, "--stack", "blog").code())
        .isEqualTo(1);
    parameters.put("StatisticsShareSecret", "none");
    assertThat(run(SECRET + "\n", "share", "make", "example.com", "--stack", "blog").code())
        .isEqualTo(1);
  }

  @Test
  void redrive_whatTheFunctionTakes_isDeleted() {
    assertThat(run("", "redrive", "--stack", "blog", "--dry-run").output())
        .isEqualTo("Batches given up: 1 would be sent. Records set aside: 1 would be sent.");
    assertThat(requests).noneMatch(request -> request.contains("invocations"));

    Run run = run("", "redrive", "--stack", "blog", "--json");

    assertThat(run.output())
        .isEqualTo(
            "{\"batches\":1,\"batchesLeft\":0,\"records\":1,\"recordsLeft\":1,\"dryRun\":false}");
    assertThat(requests)
        .contains(
            "POST /2015-03-31/functions/blog-rollup-1/invocations?Qualifier=live {\"Records\":[]}",
            "POST /2015-03-31/functions/blog-rollup-1/invocations?Qualifier=live"
                + " {\"Records\":[{\"a\":1}]}",
            "DELETE /bucket/aws/lambda/one ");
  }

  @Test
  void redrive_whatTheFunctionRefuses_stays() {
    answerOfFunction = "{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}";

    Run run = run("", "redrive", "--stack", "blog");

    assertThat(run.code()).isEqualTo(1);
    assertThat(requests).noneMatch(request -> request.startsWith("DELETE"));
    assertThat(requests).noneMatch(request -> request.contains("DeleteItem"));
  }

  @Test
  void doctor_batchesGivenUpAndNoTimeToLive_areProblemsWithAdvice() {
    timeToLive = "DISABLED";

    Run run = run("", "doctor", "--stack", "blog");

    assertThat(run.code()).as(run.output()).isEqualTo(4);
    assertThat(run.output())
        .contains("ok       Stack blog: UPDATE_COMPLETE.")
        .contains("ok       Parameters: OK.")
        .contains("ok       Alarms: none of 0.")
        .contains("PROBLEM  Lambda gave up batches of the stream")
        .contains("then run visitorcount redrive.")
        .contains("PROBLEM  Table Counters has no time to live")
        .contains("ok       Hourly run: 0 days of sites are due.")
        .contains("hint     History is empty.")
        .endsWith("There are problems.");
  }

  @Test
  void command_unknownStack_saysSo() {
    assertThat(run("", "export", "rows", "x.example", "--stack", "other"))
        .isEqualTo(new Run(1, ""));
  }

  private record Run(int code, String output) {}

  private static Run run(String typed, String... arguments) {
    StringWriter output = new StringWriter();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader(typed)),
            new PrintWriter(output),
            new PrintWriter(new StringWriter()),
            false,
            Clock.fixed(NOW, ZoneOffset.UTC));
    int code = Main.run(terminal, arguments);
    return new Run(code, output.toString().strip());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String path = exchange.getRequestURI().toString();
    String request =
        exchange.getRequestMethod() + " " + path + " " + (target == null ? body : target);
    requests.add(request);
    if (path.startsWith("/service/")) {
      // CloudWatch: an empty map in CBOR
      exchange.getResponseHeaders().add("smithy-protocol", "rpc-v2-cbor");
      exchange.getResponseHeaders().add("Content-Type", "application/cbor");
      exchange.sendResponseHeaders(200, 1);
      exchange.getResponseBody().write(0xA0);
      exchange.close();
      return;
    }
    String answer =
        target == null ? answerOfAws(exchange, path, body) : answerOfTable(target, body);
    byte[] bytes = answer.getBytes(UTF_8);
    int status =
        answer.contains("<Error>") ? 400 : exchange.getRequestMethod().equals("DELETE") ? 204 : 200;
    exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
    if (status != 204) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  private String answerOfAws(HttpExchange exchange, String path, String body) {
    if (path.contains("invocations")) {
      return answerOfFunction;
    }
    if (path.contains("list-type=2")) {
      return "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>aws/lambda/one</Key>"
          + "</Contents></ListBucketResult>";
    }
    if (path.startsWith("/bucket/")) {
      return exchange.getRequestMethod().equals("DELETE")
          ? ""
          : "{\"payload\":\"{\\\"Records\\\":[]}\"}";
    }
    if (body.contains("DescribeStackResource")) {
      return "<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>"
          + "<PhysicalResourceId>blog-rollup-1</PhysicalResourceId></StackResourceDetail>"
          + "</DescribeStackResourceResult></DescribeStackResourceResponse>";
    }
    if (!body.contains("StackName=blog")) {
      return "<ErrorResponse><Error><Code>ValidationError</Code><Message>none</Message></Error>"
          + "</ErrorResponse>";
    }
    StringBuilder described = new StringBuilder();
    parameters.forEach(
        (key, value) ->
            described.append(
                "<member><ParameterKey>%s</ParameterKey><ParameterValue>%s</ParameterValue></member>"
                    .formatted(key, value)));
    StringBuilder outputs = new StringBuilder();
    Map.of(
            "TableName", "Counters",
            "HistoryTableName", "History",
            "ReadUrl", "https://read.example/",
            "GivenUpBatchesBucket", "bucket")
        .forEach(
            (key, value) ->
                outputs.append(
                    "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>"
                        .formatted(key, value)));
    return ("<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>blog</StackName>"
            + "<StackStatus>UPDATE_COMPLETE</StackStatus><Parameters>%s</Parameters>"
            + "<Outputs>%s</Outputs></member></Stacks></DescribeStacksResult>"
            + "</DescribeStacksResponse>")
        .formatted(described, outputs);
  }

  private String answerOfTable(String target, String body) {
    String operation = target.replaceFirst(".*\\.", "");
    return switch (operation) {
      case "DescribeTable" ->
          "{\"Table\":{\"TableStatus\":\"ACTIVE\",\"StreamSpecification\":"
              + "{\"StreamEnabled\":true,\"StreamViewType\":\"NEW_AND_OLD_IMAGES\"}}}";
      case "DescribeTimeToLive" ->
          "{\"TimeToLiveDescription\":{\"TimeToLiveStatus\":\"%s\"}}".formatted(timeToLive);
      case "DescribeContinuousBackups" ->
          "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
              + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":\"ENABLED\"}}}";
      case "Query" ->
          body.contains("#set-aside")
              ? "{\"Items\":[{\"pk\":{\"S\":\"#set-aside\"},\"sk\":{\"S\":\"x#1#0000\"},"
                  + "\"z\":{\"B\":\"eyJhIjoxfQ==\"}}],\"Count\":1}"
              : "{\"Items\":[],\"Count\":0}";
      default -> "{}";
    };
  }
}
