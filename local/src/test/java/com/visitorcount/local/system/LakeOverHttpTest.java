package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A closed day gets into the lake by the template's schedule, its role and its parameter. */
final class LakeOverHttpTest {
  private static final Instant START = Instant.parse("2026-11-05T13:05:00Z");
  private static final String DAY = "local/site%3Dshop.example/day%3D2026-11-05/rows.parquet";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void day_thatIsClosed_isInTheBucket() throws Exception {
    MovableClock clock = MovableClock.at(START);
    try (LocalStack stack = TestStack.start(Map.of("LakeBucket", "lake"), clock)) {
      HttpRequest view =
          HttpRequest.newBuilder(stack.increment())
              .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0")
              .POST(BodyPublishers.ofString("{\"url\":\"https://shop.example/\"}"))
              .build();
      assertThat(HTTP.send(view, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
      stack.runner().settle();
      clock.move(Duration.ofDays(3));
      stack.runner().runSchedules();

      assertThat(stack.runner().objects("lake")).hasSize(1);
      HttpResponse<byte[]> object = s3(stack, "GET", "lake/" + DAY);
      assertThat(object.statusCode()).isEqualTo(200);
      assertThat(new String(object.body(), US_ASCII)).startsWith("PAR1").endsWith("PAR1");
      // no role allows these
      assertThat(s3(stack, "PUT", "lake/other/rows.parquet").statusCode()).isEqualTo(403);
      assertThat(s3(stack, "PUT", "other/" + DAY).statusCode()).isEqualTo(403);
      assertThat(s3(stack, "GET", "lake/..%2Flake/" + DAY).statusCode()).isEqualTo(400);
      assertThat(s3(stack, "DELETE", "lake/" + DAY).statusCode()).isEqualTo(204);
      assertThat(s3(stack, "GET", "lake/" + DAY).statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<byte[]> s3(LocalStack stack, String method, String path)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(stack.site().resolve("/s3/" + path))
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofByteArray());
  }
}
