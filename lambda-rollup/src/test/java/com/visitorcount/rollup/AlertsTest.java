package com.visitorcount.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SITE = "example.com";
  private static final String DASHBOARD = "https://read.example/dashboard/";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** A Thursday; the hour that is checked begins at 13:00. */
  private static final Instant NOW = Instant.parse("2026-11-26T14:10:00Z");

  private static final Instant HOUR = Instant.parse("2026-11-26T13:00:00Z");

  private final HistoryTable history = InMemoryHistory.table();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final List<JsonNode> received = new CopyOnWriteArrayList<>();
  private final CountDownLatch hang = new CountDownLatch(1);
  private HttpServer server;
  private volatile int status = 204;
  private int sequence;

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.setExecutor(task -> new Thread(task).start());
    server.start();
  }

  @AfterEach
  void stop() {
    hang.countDown();
    server.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    received.add(JSON.readTree(exchange.getRequestBody()));
    if (status == 0) {
      try {
        hang.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    exchange.sendResponseHeaders(status == 0 ? 204 : status, -1);
    exchange.close();
  }

  @ParameterizedTest
  @CsvSource({
    // visitors one to four weeks before, and now; the alert, and the usual number
    "10, 12, 14, 10, 36, spike, 11",
    "10, 12, 14, 10, 32, '', 0",
    "1, 1, 1, 1, 29, '', 0",
    "1, 1, 1, 1, 30, spike, 1",
    "60, 50, 40, 500, 13, drop, 55",
    "60, 50, 40, 500, 14, '', 0",
    "30, 30, 30, 30, 1, '', 0",
    "20, 20, 20, 20, 0, silence, 20",
    "19, 19, 19, 19, 0, '', 0",
    "0, 20, 20, 20, 0, silence, 20",
    "0, 0, 20, 20, 0, '', 0",
    "0, 0, 0, 0, 500, '', 0",
  })
  void hour_besideItsFourWeeks_isToldIfItIsFarFromTheirMedian(
      int week1, int week2, int week3, int week4, int now, String kind, long usual) {
    visitors(4, HOUR, week4);
    visitors(3, HOUR, week3);
    visitors(2, HOUR, week2);
    visitors(1, HOUR, week1);
    visitors(0, HOUR, now);
    // the site has views earlier today, which do not matter
    visitors(0, HOUR.minus(Duration.ofHours(2)), 1);

    Alerts.Result result = run(NOW);

    assertThat(result.failures()).isZero();
    assertThat(received)
        .extracting(alert -> alert.path("kind").asText())
        .isEqualTo(kind.isEmpty() ? List.of() : List.of(kind));
    assertThat(received)
        .allSatisfy(alert -> assertThat(alert.path("usual").asLong()).isEqualTo(usual));
  }

  @Test
  void spike_saysWhereItComesFrom_andLeadsToTheDashboard() {
    quietWeeks();
    visitors(0, HOUR, 1_234);

    run(NOW);

    assertThat(received.get(0).path("text").asText())
        .isEqualTo(
            "example.com had 1,234 visitors between 13:00 and 14:00 UTC. Usually there are 10. Top"
                + " source of the day: news.example. Top page: /a\n"
                + "https://read.example/dashboard/?site=example.com");
    assertThat(received.get(0).path("from").asText()).isEqualTo("2026-11-26T13:00:00Z");
  }

  /** On a small site, silence means nothing in a single hour, but does over a day. */
  @Test
  void silence_ofASmallSite_isToldOnceEnoughVisitorsAreMissing() {
    for (int week = 4; week > 0; week--) {
      for (int hour = 0; hour < 24; hour++) {
        visitors(week, Instant.parse("2026-11-26T00:00:00Z").plus(Duration.ofHours(hour)), 2);
      }
    }
    visitors(0, Instant.parse("2026-11-26T01:00:00Z"), 2);

    assertThat(run(Instant.parse("2026-11-26T11:10:00Z")).sent()).isZero();
    assertThat(run(Instant.parse("2026-11-26T12:10:00Z")).sent()).isOne();
    assertThat(received.get(0).path("text").asText())
        .startsWith("example.com has had no visitor since 02:00 UTC. Usually there are 20");
  }

  @Test
  void alert_sameHourAgainOrTheNextOnes_isSentOnceInTwelveHours() {
    quietWeeks();
    visitors(0, HOUR, 100);
    assertThat(run(NOW).sent()).isOne();

    assertThat(run(NOW).sent()).isZero();
    assertThat(run(NOW.plusSeconds(60)).sent()).isZero();
    assertThat(received).hasSize(1);
    assertThat(
            history
                .sentAlerts()
                .claim(SITE, "spike", NOW.plus(Duration.ofHours(12)).minusMillis(1)))
        .isFalse();
    assertThat(history.sentAlerts().claim(SITE, "drop", NOW)).as("another kind").isTrue();
    assertThat(history.sentAlerts().claim(SITE, "spike", NOW.plus(Duration.ofHours(12)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 404, 302, 0})
  void hook_failsOrHangs_alertIsSentByTheNextRun_andOthersAreNotTried(int trouble) {
    quietWeeks();
    visitors(0, HOUR, 100);
    for (Row row : rows("other.example", HOUR, 1)) {
      history.chunks().store(List.of(row), HOUR);
    }
    status = trouble;

    Alerts.Result result = run(NOW);

    assertThat(result.sent()).isZero();
    assertThat(result.failures()).isOne();
    assertThat(result.sites()).as("the webhook is down for all").isOne();
    status = 204;
    assertThat(run(NOW.plusSeconds(60)).sent()).isOne();
    assertThat(received).hasSize(2);
  }

  @Test
  void hook_nobodyThere_isOneFailure() {
    quietWeeks();
    visitors(0, HOUR, 100);
    server.stop(0);

    assertThat(run(NOW).failures()).isOne();
  }

  @Test
  void body_forChats_canAddressNobody() throws Exception {
    Alert alert =
        new Alert("<!channel>@everyone", Alert.Kind.DROP, HOUR, NOW, 1, 50, "", DASHBOARD);

    JsonNode slack = new WebHook("https://hooks.slack.com/services/x", PATIENCE).body(alert);
    assertThat(slack.fieldNames()).toIterable().containsExactly("text");
    assertThat(slack.path("text").asText()).startsWith("&lt;!channel&gt;@everyone had only 1");
    JsonNode discord = new WebHook("https://discord.com/api/webhooks/x", PATIENCE).body(alert);
    assertThat(discord.path("content").asText()).startsWith("<!channel>@everyone had only 1");
    assertThat(discord.at("/allowed_mentions/parse")).isEqualTo(JSON.readTree("[]"));
  }

  @Test
  void spike_textsOfVisitors_areLeftOutUnlessTheyArePlain() {
    quietWeeks();
    Facts hostile =
        new Facts(
            true, "", new Campaign("[x](https://evil.example)", "", "", "", ""), "", "", "", "");
    List<Row> rows = new ArrayList<>();
    for (Row row : rows(SITE, HOUR, 100)) {
      rows.add(
          new Row(
              PageId.of("example.com/[x](https:evil)"),
              1,
              row.sequence(),
              row.second(),
              hostile,
              row.visitor()));
    }
    history.chunks().store(rows, HOUR);

    run(NOW);

    assertThat(received.get(0).path("text").asText()).doesNotContain("evil", "Top");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://example.com/x", "ftp://example.com", "https:///x", "nonsense", "https://"})
  void address_otherThanHttps_isRefused(String address) {
    assertThatThrownBy(() -> new WebHook(address, PATIENCE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Alerts.Result run(Instant now) {
    WebHook hook =
        new WebHook("http://127.0.0.1:" + server.getAddress().getPort() + "/hook", PATIENCE);
    Clock at = now.equals(NOW) ? clock : Clock.fixed(now, ZoneOffset.UTC);
    return new Alerts(history, at).run(hook, DASHBOARD, () -> false);
  }

  private void quietWeeks() {
    for (int week = 4; week > 0; week--) {
      visitors(week, HOUR, 10);
    }
  }

  /** Stores visitors in an hour some weeks ago, and closes the day if it is over. */
  private void visitors(int weeksAgo, Instant hour, int count) {
    Instant at = hour.minus(Duration.ofDays(7L * weeksAgo));
    history.chunks().store(rows(SITE, at, count), at.plusSeconds(600));
    if (weeksAgo > 0) {
      history.compaction().run(at.plus(Duration.ofDays(3)), () -> false);
    }
  }

  private List<Row> rows(String site, Instant hour, int count) {
    List<Row> rows = new ArrayList<>();
    Facts facts =
        new Facts(true, "news.example", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");
    for (int i = 0; i < count; i++) {
      sequence++;
      rows.add(
          new Row(
              PageId.of(site + "/a"),
              1,
              sequence,
              hour.getEpochSecond() + i % 3_600,
              facts,
              "%016x".formatted(sequence)));
    }
    return rows;
  }
}
