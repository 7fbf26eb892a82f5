package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.Template;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The functions' roles allow everything that the code calls, and nothing else. */
final class RolesTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"IncrementFunction", "ReadFunction", "RollupFunction", "CompactFunction"})
  void everyActionOfARole_isCalled_andNoOther(String function) throws Exception {
    Set<String> allowed =
        Template.read(TestStack.template())
            .evaluate(Map.of())
            .function(function)
            .role()
            .statements()
            .stream()
            // read by Lambda itself
            .filter(statement -> !statement.resources().contains(Arn.ofStream("VisitorCount")))
            .flatMap(statement -> statement.actions().stream())
            .filter(action -> action.startsWith("dynamodb:"))
            .collect(Collectors.toSet());

    MovableClock clock = MovableClock.at(Instant.parse("2026-11-25T12:00:00Z"));
    Map<String, String> parameters =
        Map.of(
            "StatisticsTokenSha256",
            "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88",
            "StatisticsShareSecret",
            "0b2f3d51-6c1a-4f7e-9d3c-8b8b2f9f3d11");
    try (LocalStack stack = TestStack.start(parameters, clock)) {
      doEverything(stack);
      stack.runner().settle();
      clock.move(Duration.ofDays(3));
      stack.runner().runSchedules();

      assertThat(stack.runner().callsOf(function)).isEqualTo(allowed);
    }
  }

  /** Case B7: without transactions, none can be cancelled by another. */
  @Test
  void counting_isUpdatesAndNoTransaction() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of())) {
      post(stack, "{\"page\":\"a\"}");

      assertThat(stack.runner().callsOf("IncrementFunction"))
          .containsExactly("dynamodb:UpdateItem");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'Action: [dynamodb:UpdateItem, dynamodb:GetItem]', 'Action: [dynamodb:GetItem]', 503, 200, 200",
    "'Action: [dynamodb:UpdateItem, dynamodb:GetItem]', 'Action: [dynamodb:UpdateItem]', 503, 200, 200",
    "'Action: [dynamodb:GetItem, dynamodb:BatchGetItem]', 'Action: [dynamodb:BatchGetItem]', 200, 503, 200",
    "'Action: [dynamodb:GetItem, dynamodb:BatchGetItem]', 'Action: [dynamodb:GetItem]', 200, 200, 503"
  })
  void actionTakenOutOfTheTemplate_isMissing(
      String statement, String without, int retried, int one, int several) throws Exception {
    String template = Files.readString(TestStack.template());
    assertThat(template).contains(statement);

    try (LocalStack stack = TestStack.start(Template.parse(template.replace(statement, without)))) {
      post(stack, "{\"page\":\"a\",\"id\":\"v1\"}");
      HttpResponse<String> again = post(stack, "{\"page\":\"a\",\"id\":\"v1\"}");

      assertThat(again.statusCode()).isEqualTo(retried);
      assertThat(get(stack, "page=a").statusCode()).isEqualTo(one);
      assertThat(get(stack, "page=a&page=b").statusCode()).isEqualTo(several);
      if (retried == 503) {
        assertThat(again.headers().firstValue("retry-after")).contains("1");
      }
    }
  }

  private static void doEverything(LocalStack stack) throws Exception {
    post(stack, "{\"page\":\"a\",\"id\":\"v1\"}");
    post(stack, "{\"page\":\"a\",\"id\":\"v1\"}");
    get(stack, "page=a");
    get(stack, "page=a&page=b");
    HTTP.send(
        HttpRequest.newBuilder(stack.read().resolve("/api/v1/verify?page=a")).build(),
        BodyHandlers.discarding());
    revoke(stack);
  }

  /** Revokes the links to a site twice, so that an existing item is replaced, too. */
  private static void revoke(LocalStack stack) throws Exception {
    URI share = stack.read().resolve("/api/v1/sites/share?site_id=example.com");
    for (int i = 0; i < 2; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(share)
              .DELETE()
              .header("Authorization", "Bearer opensesame")
              .build();
      assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private static HttpResponse<String> post(LocalStack stack, String body) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(stack.increment()).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> get(LocalStack stack, String query) throws Exception {
    URI uri = stack.read().resolve("/?" + query);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
