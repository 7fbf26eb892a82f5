package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real page on another origin counts and reads by the real functions. */
final class DemoPageTest {
  private static LocalStack stack;
  private static Chromium chromium;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
    chromium = Chromium.likeAPersons();
  }

  @AfterAll
  static void stop() {
    try {
      chromium.close();
    } finally {
      stack.close();
    }
  }

  @Test
  void page_openedAndClicked_readsAndCountsAcrossOriginsWithACleanConsole() throws Exception {
    List<String> console = new ArrayList<>();
    try (BrowserContext visitor = chromium.newContext(new NewContextOptions())) {
      visitor.onConsoleMessage(message -> console.add(message.text()));
      visitor.onWebError(error -> console.add(error.error()));
      Page page = visitor.newPage();
      page.navigate(stack.site().toString());

      PlaywrightAssertions.assertThat(page.locator("#count")).hasText("0");
      page.click("#view");
      PlaywrightAssertions.assertThat(page.locator("#count")).hasText("1");
      page.click("#view");
      PlaywrightAssertions.assertThat(page.locator("#count")).hasText("2");
      page.reload();
      PlaywrightAssertions.assertThat(page.locator("#count")).hasText("2");

      assertThat(page.textContent("#problem")).isEmpty();
    }
    assertThat(console).isEmpty();
    assertThat(
            HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(stack.read()).build(), BodyHandlers.ofString())
                .body())
        .isEqualTo("{\"page\":\"main_page\",\"count\":2}");
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "DARK, 1280", "LIGHT, 320", "DARK, 390"})
  void page_inAnyColoursAndWidth_isAccessibleAndFits(ColorScheme colours, int width) {
    NewContextOptions options =
        new NewContextOptions().setColorScheme(colours).setViewportSize(width, 800);
    try (BrowserContext visitor = chromium.newContext(options)) {
      Page page = visitor.newPage();
      page.navigate(stack.site().toString());
      PlaywrightAssertions.assertThat(page.locator("#count")).not().hasText("…");

      assertThat(
              new AxeBuilder(page)
                  .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"))
                  .analyze()
                  .getViolations())
          .isEmpty();
      assertThat(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
          .isEqualTo(true);
    }
  }
}
