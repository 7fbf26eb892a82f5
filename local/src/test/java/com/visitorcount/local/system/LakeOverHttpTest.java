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
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/**
 * A closed day gets into the lake by the template's schedule, its role and its parameter, and the
 * lake counts what statistics and counters count.
 */
final class LakeOverHttpTest {
  private static final Instant START = Instant.parse("2026-11-05T13:05:00Z");
  private static final String DAY = "local/site%3Dshop.example/day%3D2026-11-05/rows.parquet";
  private static final int VIEWS = 23;
  private static final int PAGES = 4;
  private static final int VISITORS = 3;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Test
  void day_thatIsClosed_isInTheBucket() throws Exception {
    MovableClock clock = MovableClock.at(START);
    try (LocalStack stack = TestStack.start(Map.of("LakeBucket", "lake"), clock)) {
      for (int i = 0; i < VIEWS; i++) {
        count(stack, i % VISITORS, "{\"url\":\"https://shop.example/p%d\"}".formatted(i % PAGES));
      }
      count(stack, 0, "{\"event\":\"signup\",\"url\":\"https://shop.example/p0\"}");
      stack.runner().settle();
      clock.move(Duration.ofDays(3));
      stack.runner().runSchedules();

      assertThat(stack.runner().objects("lake")).hasSize(1);
      assertThatAllCountTheSame(stack);
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

  private static void count(LocalStack stack, int visitor, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", "Mozilla/5.0 (X11; rv:14%d.0) Firefox/14%<d.0".formatted(visitor))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
  }

  /** The lake, as DuckDB reads it, the statistics, and the counters. */
  private static void assertThatAllCountTheSame(LocalStack stack) throws Exception {
    String file = stack.runner().objects("lake").get(0).toString().replace("'", "''");
    List<String> pages = new ArrayList<>();
    try (DuckDBConnection duckDb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      String rows = "FROM read_parquet('%s')".formatted(file);
      try (ResultSet result =
          statement.executeQuery(
              """
              SELECT count(*) FILTER (event IS NULL), count(DISTINCT visitor),
                count(*) FILTER (event IS NOT NULL)
              """
                  + rows)) {
        assertThat(result.next()).isTrue();
        assertThat(result.getLong(1)).isEqualTo(VIEWS);
        assertThat(
                get(
                    stack,
                    "/api/v1/stats/aggregate?site_id=shop.example&period=day&date=2026-11-05"
                        + "&metrics=pageviews,visitors,events"))
            .isEqualTo(
                """
                {"results":{"pageviews":{"value":%d},"visitors":{"value":%d},"events":{"value":%d}}}"""
                    .formatted(
                        result.getLong(1),
                        result.getLong(2),
                        result.getLong(1) + result.getLong(3)));
      }
      try (ResultSet result =
          statement.executeQuery(
              "SELECT page, count(*) " + rows + " WHERE event IS NULL GROUP BY page")) {
        while (result.next()) {
          pages.add(result.getString(1));
          assertThat(get(stack, "/?page=" + result.getString(1)))
              .isEqualTo(
                  "{\"page\":\"%s\",\"count\":%d}"
                      .formatted(result.getString(1), result.getLong(2)));
        }
      }
    }
    assertThat(pages).hasSize(PAGES);
  }

  private static String get(LocalStack stack, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(stack.read().resolve(path)).build();
    return HTTP.send(request, BodyHandlers.ofString()).body();
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
