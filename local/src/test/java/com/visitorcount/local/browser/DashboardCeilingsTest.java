package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.visitorcount.history.Chunks;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.sam.database.RequestUnits;
import com.visitorcount.sam.template.Template;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The dashboard of a site with many views in 30 days, under the template's limit on reads: no panel
 * is refused. The build uses a tenth of a million views under a tenth of the limit; {@code
 * -Dceilings.views=1000000} uses all of them.
 */
final class DashboardCeilingsTest {
  private static final String SITE = "garden.example";
  private static final String HISTORY = "VisitorHistory";
  private static final int DAYS = 30;
  private static final int VIEWS = Integer.getInteger("ceilings.views", 100_000);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final MovableClock clock = MovableClock.at(now);

  @AutoClose
  private final LocalStack stack =
      TestStack.start(
          Map.of("MaxReadRequestUnits", Long.toString((long) ceiling() * VIEWS / 1_000_000)),
          clock);

  @AutoClose private final Chromium chromium = Chromium.likeAPersons();

  @Test
  void dashboard_ofManyViews_opensUnderTheCeiling() {
    fill();
    List<String> refused = new CopyOnWriteArrayList<>();
    try (Visitor visitor =
        chromium.visitor(new NewContextOptions().setTimezoneId("Europe/Berlin"))) {
      // sequentially: dynalite is slower than DynamoDB, and calls have a time limit
      visitor
          .context()
          .route(
              "**/api/**", route -> route.fulfill(new FulfillOptions().setResponse(route.fetch())));
      visitor
          .context()
          .onResponse(
              response -> {
                if (response.status() >= 400) {
                  refused.add(response.status() + " " + response.url());
                }
              });
      for (String question :
          List.of(
              "&period=30d",
              "&period=30d&f=country:DE",
              "&period=30d&f=page:%2Farticles%2Fnumber-1**",
              "&period=day")) {
        RequestUnits before = stack.runner().used(HISTORY);
        Page page = visitor.open(stack.read() + "dashboard/?site=" + SITE + question);
        page.locator("body.loaded").waitFor();
        page.close();
        System.out.printf(
            Locale.ROOT,
            "opening %-50s takes %,6.0f read units%n",
            question,
            stack.runner().used(HISTORY).since(before).read());
      }
    }

    assertThat(refused).isEmpty();
  }

  private static int ceiling() {
    return Template.read(TestStack.template())
        .evaluate(Map.of())
        .table(HISTORY)
        .limits()
        .orElseThrow()
        .read();
  }

  /** Stores the rows as the rollup does at the end of each day, and closes the days. */
  private void fill() {
    Traffic traffic = new Traffic(SITE, 1);
    try (DynamoDbClient client =
        DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build()) {
      Chunks chunks = new HistoryTable(client, HISTORY).chunks();
      LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
      for (int ago = DAYS; ago > 0; ago--) {
        LocalDate day = today.minusDays(ago);
        Instant end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        clock.set(end);
        chunks.store(traffic.day(day, VIEWS / DAYS), end);
        clock.set(end.plus(Duration.ofHours(50)));
        stack.runner().runSchedules();
      }
      clock.set(now);
    }
  }
}
