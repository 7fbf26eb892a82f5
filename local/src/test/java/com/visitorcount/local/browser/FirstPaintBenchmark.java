package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Measures what opening the dashboard takes, as reported by the browser; run it by name. */
final class FirstPaintBenchmark {
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 9);
  private static final String SITE = "garden.example";

  private static final String OBSERVE =
      """
      window.seen = { lcp: 0, cls: 0, long: 0 }
      const watch = (type, look) => new PerformanceObserver(list =>
        list.getEntries().forEach(look)).observe({ type, buffered: true })
      watch('largest-contentful-paint', entry => { seen.lcp = entry.startTime })
      watch('layout-shift', entry => { if (!entry.hadRecentInput) seen.cls += entry.value })
      watch('longtask', entry => { seen.long += Math.max(0, entry.duration - 50) })""";

  private static final String ACCOUNT =
      """
      () => {
        const files = performance.getEntriesByType('resource')
        const page = performance.getEntriesByType('navigation')[0]
        const sum = entries => entries.reduce((all, entry) => all + entry.transferSize, 0)
        const fcp = performance.getEntriesByName('first-contentful-paint')[0].startTime
        const before = files.filter(file => file.responseEnd <= fcp)
        return [fcp, seen.lcp, seen.cls * 1000, seen.long, 1 + before.length,
          page.transferSize + sum(before), 1 + files.length, page.transferSize + sum(files)]
      }""";

  private static final String[] FIGURES = {
    "first contentful paint, ms",
    "largest contentful paint, ms",
    "layout shift, thousandths",
    "blocked by long tasks, ms",
    "requests before the first paint",
    "bytes before the first paint",
    "requests in all",
    "bytes in all"
  };

  private record Line(String name, int slowerCpu, Map<String, Double> network) {}

  @Test
  void dashboard_opened_asTheBrowserSaysIt() throws Exception {
    MovableClock clock = MovableClock.at(Instant.now().minus(Duration.ofDays(20)));
    try (LocalStack stack = TestStack.start(Map.of("TrustedIpHeader", "X-Real-Ip"), clock);
        Chromium chromium = Chromium.likeAPersons()) {
      for (int view = 0; view < 400; view++) {
        clock.move(Duration.ofMinutes(70));
        view(stack, view);
        if (view % 5 == 4) {
          // records that are half a day old are given up, and days that are not closed are lost
          stack.runner().settle();
          stack.runner().runSchedules();
        }
      }
      clock.run();
      stack.closeNow();
      assertThat(stack.verification()).doesNotContainPattern(" (lost|before)=[1-9]");
      for (Line line :
          List.of(
              new Line("as it is", 1, Map.of()),
              new Line(
                  "4 times slower CPU, 150 ms and 1.6 Mbit/s",
                  4,
                  Map.of(
                      "latency", 150.0,
                      "downloadThroughput", 1_600_000 / 8.0,
                      "uploadThroughput", 750_000 / 8.0)))) {
        List<List<Double>> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          rounds.add(open(stack, chromium, line));
        }
        System.out.println(line.name());
        for (int figure = 0; figure < FIGURES.length; figure++) {
          List<Double> all = new ArrayList<>();
          for (List<Double> round : rounds) {
            all.add(round.get(figure));
          }
          Collections.sort(all);
          System.out.printf(
              Locale.ROOT,
              "  %-34s %8.0f (%.0f to %.0f)%n",
              FIGURES[figure],
              all.get(ROUNDS / 2),
              all.get(0),
              all.get(ROUNDS - 1));
        }
      }
    }
  }

  private static void view(LocalStack stack, int number) throws Exception {
    String body =
        "{\"url\":\"https://%s/page-%d\",\"referrer\":\"https://www.google.com/\",\"tz\":\"Europe/Berlin\"}"
            .formatted(SITE, number % 17);
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0")
            .header("X-Real-Ip", "10.0.0." + number % 50)
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
  }

  private static List<Double> open(LocalStack stack, Chromium chromium, Line line) {
    try (Visitor visitor = chromium.visitor().with(OBSERVE)) {
      Page page = visitor.context().newPage();
      CDPSession session = visitor.context().newCDPSession(page);
      JsonObject cpu = new JsonObject();
      cpu.addProperty("rate", line.slowerCpu());
      session.send("Emulation.setCPUThrottlingRate", cpu);
      if (!line.network().isEmpty()) {
        JsonObject network = new JsonObject();
        network.addProperty("offline", false);
        line.network().forEach(network::addProperty);
        session.send("Network.emulateNetworkConditions", network);
      }
      URI address = stack.read().resolve("/dashboard/?site=" + SITE);
      page.navigate(address.toString());
      page.locator("#sources tbody tr a").first().waitFor();
      page.locator("#countries tbody tr a").first().waitFor();
      page.waitForLoadState(LoadState.NETWORKIDLE);
      List<Double> figures = new ArrayList<>();
      for (Object figure : (List<?>) page.evaluate(ACCOUNT)) {
        figures.add(((Number) figure).doubleValue());
      }
      return figures;
    }
  }
}
