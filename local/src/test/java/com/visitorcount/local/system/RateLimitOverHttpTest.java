package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The template's limit for one client, which a local run has only on request. */
final class RateLimitOverHttpTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final MovableClock clock = MovableClock.at(Instant.parse("2026-11-25T10:00:00Z"));
  private final LocalStack stack = TestStack.start(Map.of("ClientRequestsPerSecond", "20"), clock);

  @AfterEach
  void stop() {
    stack.close();
  }

  @Test
  void post_fiveHundredAtOnceFromOneAddress_onlyThoseAcceptedCount_caseB18() throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>(posts(0, 250));
    answers.addAll(posts(250, 250));

    List<HttpResponse<String>> refused =
        answers.stream().filter(answer -> answer.statusCode() != 200).toList();
    assertThat(refused).hasSize(400);
    for (HttpResponse<String> answer : refused) {
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
      assertThat(answer.headers().firstValue("retry-after")).contains("1");
      assertThat(answer.headers().allValues("access-control-allow-origin")).containsExactly("*");
      assertThat(answer.body()).contains("urn:problem-type:visitorcount:too-many-requests");
    }
    assertThat(TestStack.counted(stack, "flood")).isEqualTo("100");

    clock.move(Duration.ofSeconds(1));

    assertThat(posts(500, 25).stream().filter(answer -> answer.statusCode() == 200)).hasSize(20);
    assertThat(TestStack.counted(stack, "flood")).isEqualTo("120");
  }

  @Test
  void get_tooOften_is429WithCorsToo() throws Exception {
    URI address = stack.read().resolve("/?page=a");
    HttpResponse<String> last = null;
    for (int i = 0; i < 101; i++) {
      last = HTTP.send(request(address, i).build(), BodyHandlers.ofString());
    }

    assertThat(last.statusCode()).isEqualTo(429);
    assertThat(last.headers().firstValue("retry-after")).contains("1");
    assertThat(last.headers().allValues("access-control-allow-origin")).containsExactly("*");
  }

  /** Each claims to come from another address. */
  private List<HttpResponse<String>> posts(int from, int count) throws Exception {
    List<CompletableFuture<HttpResponse<String>>> sent =
        IntStream.range(from, from + count)
            .mapToObj(
                i ->
                    request(stack.increment(), i)
                        .POST(BodyPublishers.ofString("{\"page\":\"flood\"}"))
                        .build())
            .map(request -> HTTP.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    List<HttpResponse<String>> answers = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : sent) {
      answers.add(answer.get());
    }
    return answers;
  }

  private static HttpRequest.Builder request(URI address, int i) {
    return HttpRequest.newBuilder(address)
        .header("X-Forwarded-For", "10.0." + i / 256 + "." + i % 256)
        .header("Origin", "https://site.test");
  }
}
