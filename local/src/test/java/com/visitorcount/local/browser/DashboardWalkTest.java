package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the dashboard shows depends only on its URL, not on how one got there: compares random walks
 * over links, buttons, keys and the history, often without waiting for numbers, with a freshly
 * opened page. {@code -Ddashboard.steps} makes them longer.
 */
final class DashboardWalkTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Instant NOW = Instant.parse("2026-06-17T13:20:00Z");
  private static final int DAYS = 40;
  private static final List<String> SITES = List.of("garden.example", "shop.example");
  private static final List<String> ZONES =
      List.of("Europe/Berlin", "Europe/Paris", "America/New_York", "Asia/Tokyo");
  private static final List<String> REFERRERS =
      List.of("", "https://www.google.de/", "https://news.ycombinator.com/", "https://a.example/b");
  private static final List<String> USER_AGENTS =
      List.of(
          "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0",
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/141.0.0.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
              + " (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1");
  private static final List<String> KEYS =
      List.of("d", "e", "w", "m", "q", "n", "p", "l", "a", "[", "[", "]", "x", "t", "Escape");

  /**
   * Makes it possible to ask a page whether it waits for any answer, even one that it no longer
   * needs.
   */
  private static final String COUNT_QUESTIONS =
      """
      window.asked = 0
      const ask = window.fetch
      window.fetch = async (...question) => {
        asked++
        try {
          const answer = await ask(...question)
          return new Response(await answer.blob(), answer)
        } finally {
          asked--
        }
      }""";

  /** Something that a reader can click: in the dialog, if there is one. */
  private static final String CLICK =
      """
      part => {
        const scope = document.querySelector('dialog[open]') || document
        const found = [...scope.querySelectorAll('a[href^="?"], button[data-key]:not([data-key=custom], [data-key=baseline])')]
          .filter(element => !element.disabled)
        const chosen = found[Math.floor(part * found.length)]
        if (!chosen) return 'nothing'
        const name = chosen.outerHTML
        chosen.click()
        return name
      }""";

  /** Moves in the history, within the dashboard, and waits until the page has noticed. */
  private static final String GO =
      """
      by => {
        const entry = navigation.entries()[navigation.currentEntry.index + by]
        return entry && navigation.traverseTo(entry.key).finished.then(() => {}, () => {})
      }""";

  private static final String AT_REST =
      """
      () => {
        const dialog = document.querySelector('dialog[open]')
        return asked == 0 && document.body.classList.contains('loaded')
          && document.getElementById('numbers').getAttribute('aria-busy') == 'false'
          && ![...document.querySelectorAll('.sk')].some(element => element.checkVisibility())
          && (!new URLSearchParams(location.search).get('all') || dialog
            && (dialog.querySelector('tbody tr') || dialog.querySelector('[role=status]').textContent))
      }""";

  private static final String TEXT =
      "() => [document.title, ...document.body.innerText.split('\\n').map(line => line.trim())]"
          + ".filter(Boolean).join('\\n')";

  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    MovableClock clock = MovableClock.at(NOW.minus(Duration.ofDays(DAYS)));
    stack = TestStack.start(Map.of("TrustedIpHeader", "X-Real-Ip"), clock);
    chromium = Chromium.likeAPersons();
    SplittableRandom random = new SplittableRandom(1);
    for (int day = 0; day <= DAYS; day++) {
      for (int i = 0; i < 5; i++) {
        view(random);
      }
      stack.runner().settle();
      stack.runner().runSchedules();
      if (day < DAYS) {
        clock.move(Duration.ofDays(1));
      }
    }
  }

  private static void view(SplittableRandom random) throws Exception {
    String campaign = random.nextInt(3) == 0 ? "&utm_campaign=spring-" + random.nextInt(3) : "";
    String body =
        "{\"url\":\"https://%s/%d?a=b%s\",\"referrer\":\"%s\",\"tz\":\"%s\",\"w\":%d}"
            .formatted(
                // the first site has more pages than a dialog shows at once
                SITES.get(random.nextInt(5) / 4),
                random.nextInt(90),
                campaign,
                any(REFERRERS, random),
                any(ZONES, random),
                1 + random.nextInt(6));
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", any(USER_AGENTS, random))
            .header("X-Real-Ip", "198.51.100." + random.nextInt(20))
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static String any(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void walk_whereverItLeads_showsWhatAPageOpenedThereShows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> known = new HashMap<>();
    List<String> way = new ArrayList<>();
    try (Visitor visitor = visitor()) {
      Tab tab = open(visitor, stack.read() + "dashboard/?site=" + SITES.get(0));
      for (int step = 0; step < Integer.getInteger("dashboard.steps", 20); step++) {
        way.add("—");
        for (int i = random.nextInt(3); i >= 0; i--) {
          way.add(tab.act(random));
        }
        String shown = tab.text();
        String expected =
            known.computeIfAbsent(tab.page.url(), address -> textOfNew(visitor, address));
        assertThat(shown)
            .as("%s%nby way of%n%s", tab.page.url(), String.join("\n", way))
            .isEqualTo(expected);
      }
    }
    assertThat(known).hasSizeGreaterThan(10);
  }

  private static String textOfNew(Visitor visitor, String address) {
    Tab tab = open(visitor, address);
    String text = tab.text();
    tab.page.close();
    return text;
  }

  private static Tab open(Visitor visitor, String address) {
    Tab tab = new Tab(visitor.context().newPage());
    tab.page.clock().setFixedTime(NOW.toEpochMilli());
    tab.page.navigate(address);
    return tab;
  }

  private static Visitor visitor() {
    NewContextOptions options =
        new NewContextOptions().setLocale("en-GB").setTimezoneId("UTC").setViewportSize(1_280, 900);
    return chromium.visitor(options).with(COUNT_QUESTIONS);
  }

  /** A page of the dashboard. */
  private record Tab(Page page) {
    String act(SplittableRandom random) {
      int kind = random.nextInt(20);
      if (kind < 12) {
        return (String) page.evaluate(CLICK, random.nextDouble());
      }
      if (kind < 16) {
        String key = any(KEYS, random);
        page.keyboard().press(key);
        return key;
      }
      if (kind < 19) {
        int by = (1 + random.nextInt(2)) * (random.nextInt(3) == 0 ? 1 : -1);
        page.evaluate(GO, by);
        return "history " + by;
      }
      page.reload();
      return "reload";
    }

    /** All readable text, once nothing is in progress. */
    String text() {
      String text = "";
      String before;
      do {
        before = text;
        page.waitForFunction(AT_REST);
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))");
        text = (String) page.evaluate(TEXT);
      } while (!text.equals(before));
      return text;
    }
  }
}
