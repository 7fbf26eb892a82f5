package com.visitorcount.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A report by the template's schedule, its role, its topic and its parameters. */
final class ReportsOverHttpTest {
  @Test
  void month_thatIsOver_isReportedOnce() throws Exception {
    MovableClock clock = MovableClock.at(Instant.parse("2026-11-30T23:00:00Z"));
    try (LocalStack stack =
        TestStack.start(
            Map.of("ReportEmail", "reader@example.com", "ReportInterval", "monthly"), clock)) {
      HttpRequest view =
          HttpRequest.newBuilder(stack.increment())
              .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0")
              .POST(BodyPublishers.ofString("{\"url\":\"https://shop.example/pricing\"}"))
              .build();
      assertThat(HttpClient.newHttpClient().send(view, BodyHandlers.discarding()).statusCode())
          .isEqualTo(200);
      stack.runner().settle();
      clock.set(Instant.parse("2026-12-01T05:10:00Z"));
      stack.runner().runSchedules();
      assertThat(stack.runner().published()).isEmpty();

      clock.set(Instant.parse("2026-12-01T06:10:00Z"));
      stack.runner().runSchedules();
      clock.set(Instant.parse("2026-12-01T07:10:00Z"));
      stack.runner().runSchedules();

      assertThat(stack.runner().published()).hasSize(1);
      assertThat(stack.runner().published().get(0).topicArn())
          .isEqualTo("arn:aws:sns:us-east-1:123456789012:ReportTopic");
      assertThat(stack.runner().published().get(0).subject())
          .isEqualTo("Monthly report: 1 visitor on shop.example");
      assertThat(stack.runner().published().get(0).text())
          .startsWith("November 2026, compared with October 2026\n")
          .contains("          1  /pricing\n")
          .contains(stack.read() + "dashboard/?site=shop.example&period=month&date=2026-11-01");
      assertThat(stack.runner().callsOf("CompactFunction")).contains("sns:Publish");
    }
  }
}
