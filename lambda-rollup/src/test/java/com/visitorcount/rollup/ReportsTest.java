package com.visitorcount.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.SnsException;

final class ReportsTest {
  private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:reports";
  private static final String DASHBOARD = "https://read.example/dashboard/";

  /** A Monday morning. */
  private static final Instant NOW = Instant.parse("2026-11-30T06:10:00Z");

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Facts FACTS =
      new Facts(true, "news.example", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");

  private final HistoryTable history = InMemoryHistory.table();
  private final Topic topic = new Topic();
  private int sequence;

  /** Takes messages, unless it is out of order. */
  private static final class Topic implements SnsClient {
    private final List<PublishRequest> published = new ArrayList<>();
    private boolean fails;

    @Override
    public PublishResponse publish(PublishRequest request) {
      if (fails) {
        throw SnsException.builder().message("out of order").build();
      }
      published.add(request);
      return PublishResponse.builder().messageId("1").build();
    }

    @Override
    public String serviceName() {
      return "sns";
    }

    @Override
    public void close() {}
  }

  @Test
  void report_whenDue_hasWhatTheSiteHad() {
    views("example.com/a", "2026-11-18T12:00:00Z", 2);
    views("example.com/a", "2026-11-25T12:00:00Z", 3);
    // the last day of the week is not closed yet
    views("example.com/b", "2026-11-29T23:59:00Z", 1);
    views("example.com/b", "2026-11-30T00:00:00Z", 100);

    assertThat(run(NOW)).isTrue();

    assertThat(topic.published).hasSize(1);
    PublishRequest message = topic.published.get(0);
    assertThat(message.topicArn()).isEqualTo(TOPIC);
    assertThat(message.subject()).isEqualTo("Weekly report: 4 visitors on example.com");
    assertThat(message.message())
        .startsWith("23 to 29 November 2026, compared with 16 to 22 November 2026\n")
        .contains("  Visitors                 4  (+100 %)\n")
        .contains("  Top pages\n          3  /a\n          1  /b\n")
        .contains("  Top sources\n          4  news.example\n")
        .doesNotContain("Goals", "too low", "pageview");
  }

  @Test
  void report_isSentOnce() {
    views("example.com/a", "2026-11-25T12:00:00Z", 1);

    assertThat(run(NOW.minus(HOUR))).as("too early").isFalse();
    assertThat(run(NOW)).isTrue();
    assertThat(run(NOW)).isFalse();
    assertThat(run(NOW.plus(HOUR))).isFalse();
    assertThat(run(NOW.plus(Duration.ofDays(1)))).isFalse();
    assertThat(topic.published).hasSize(1);
    assertThat(run(NOW.plus(Duration.ofDays(7)))).as("the next week").isTrue();
  }

  @Test
  void topic_outOfOrder_reportIsSentByTheNextRun() {
    views("example.com/a", "2026-11-25T12:00:00Z", 1);
    topic.fails = true;
    assertThatThrownBy(() -> run(NOW)).isInstanceOf(SnsException.class);

    topic.fails = false;
    assertThat(run(NOW.plus(HOUR))).isTrue();
    assertThat(topic.published).hasSize(1);
  }

  /** It has claimed the report and told neither that it was sent nor that it was not. */
  @Test
  void run_thatWasKilled_isFollowedByAnother_butNotWhileItMayBeAtWork() {
    views("example.com/a", "2026-11-25T12:00:00Z", 1);
    assertThat(history.sentReports().claim("weekly#2026-11-23", NOW)).isTrue();

    assertThat(run(NOW.plus(Duration.ofMinutes(29)))).isFalse();
    assertThat(run(NOW.plus(HOUR))).isTrue();
    assertThat(topic.published).hasSize(1);
  }

  @Test
  void sites_moreThanAreShown_areNamedByTheirVisitors() {
    for (int i = 0; i < 25; i++) {
      views("site" + i + ".example/", "2026-11-25T12:00:00Z", 1 + i);
    }
    views("gone.example/", "2026-11-18T12:00:00Z", 7);
    views("forgotten.example/", "2026-10-01T12:00:00Z", 9);

    Report report = reports(NOW).of(LocalDate.parse("2026-11-23"), DASHBOARD, () -> false);

    assertThat(report.sites()).hasSize(Reports.MAX_DETAILS);
    assertThat(report.sites().get(0).site().name()).isEqualTo("site24.example");
    assertThat(report.others())
        .extracting(Report.Site::name)
        .containsExactly(
            "site4.example",
            "site3.example",
            "site2.example",
            "site1.example",
            "site0.example",
            "gone.example");
    assertThat(report.others().get(0).before()).as("no data").isNull();
    assertThat(report.text()).contains("          0  gone.example  (-100 %)\n");
  }

  @Test
  void time_thatIsUp_leavesSitesOutAndSaysSo() {
    views("a.example/", "2026-11-25T12:00:00Z", 1);
    views("b.example/", "2026-11-25T12:00:00Z", 1);
    int[] asked = {0};

    Report report = reports(NOW).of(LocalDate.parse("2026-11-23"), DASHBOARD, () -> asked[0]++ > 0);

    assertThat(report.text()).contains("a.example", "\n1 more site was not read.");
  }

  private boolean run(Instant now) {
    return reports(now).run(DASHBOARD, () -> false);
  }

  private Reports reports(Instant now) {
    return new Reports(
        history, topic, TOPIC, ReportInterval.WEEKLY, Clock.fixed(now, ZoneOffset.UTC));
  }

  private void views(String page, String time, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sequence++;
      rows.add(
          new Row(
              PageId.of(page),
              1,
              sequence,
              Instant.parse(time).getEpochSecond(),
              FACTS,
              "%016x".formatted(sequence)));
    }
    Instant arrived = Instant.parse(time).plusSeconds(60);
    history.chunks().store(rows, arrived);
    if (arrived.isBefore(Instant.parse("2026-11-28T00:00:00Z"))) {
      history.compaction().run(arrived.plus(Duration.ofDays(2)), () -> false);
    }
  }
}
