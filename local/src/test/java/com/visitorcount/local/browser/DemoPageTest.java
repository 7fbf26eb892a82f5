package com.visitorcount.local.browser;

import static com.visitorcount.local.browser.Accessibility.assertAccessible;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real page on another origin counts and reads with the real functions. */
final class DemoPageTest {
  private static final String FITS = "document.documentElement.scrollWidth <= innerWidth";

  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
    chromium = Chromium.likeAPersons();
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

  @Test
  void article_opened_isCountedAndShowsThisView() {
    try (BrowserContext visitor = chromium.newContext(new NewContextOptions())) {
      Page page = visitor.newPage();
      for (int i = 0; i < 3; i++) {
        int before = Integer.parseInt(count(stack.site().getAuthority() + "/article"));
        page.navigate(stack.site() + "article");
        PlaywrightAssertions.assertThat(page.locator("visitor-count"))
            .hasText(Integer.toString(before + 1));
      }
    }
  }

  @Test
  void app_routesFollowed_areCountedEachAsAPage() {
    try (BrowserContext visitor = chromium.newContext(new NewContextOptions())) {
      Page page = visitor.newPage();
      String site = stack.site().getAuthority();
      int start = Integer.parseInt(count(site + "/app"));
      page.navigate(stack.site() + "app");
      for (String route : List.of("Recipes", "About", "Recipes")) {
        page.click("[data-route]:text-is('" + route + "')");
        PlaywrightAssertions.assertThat(page.locator("#route")).hasText(route);
      }
      page.waitForCondition(() -> count(site + "/app/recipes").equals("2"));
      page.waitForCondition(() -> count(site + "/app/about").equals("1"));
      assertThat(count(site + "/app")).isEqualTo(Integer.toString(start + 1));
    }
  }

  @Test
  void app_buttonsClicked_countEventsThatTheDashboardShows() {
    try (BrowserContext visitor = chromium.newContext(new NewContextOptions())) {
      Page page = visitor.newPage();
      page.navigate(stack.site() + "app");
      page.click("text=Sign up for free");
      page.click("text=Sign up for Pro");

      page.waitForCondition(() -> count(stack.site().getAuthority() + "!signup").equals("2"));
      stack.runner().settle();
      page.navigate(stack.read() + "dashboard/?site=" + stack.site().getAuthority());
      PlaywrightAssertions.assertThat(page.locator("#goals tbody tr")).hasCount(1);
      PlaywrightAssertions.assertThat(page.locator("#goals tbody")).containsText("signup");
    }
  }

  private static String count(String page) {
    return TestStack.counted(stack, page);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "article", "app", "readme", "install"})
  void anyPage_inAnyColoursAndWidth_isAccessibleAndFitsWithACleanConsole(String path) {
    List<String> console = new ArrayList<>();
    try (BrowserContext visitor = chromium.newContext(new NewContextOptions())) {
      visitor.onConsoleMessage(message -> console.add(message.text()));
      visitor.onWebError(error -> console.add(error.error()));
      Page page = visitor.newPage();
      page.navigate(stack.site() + path);
      page.waitForLoadState(LoadState.NETWORKIDLE);

      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        for (int width : new int[] {1_280, 390, 320}) {
          page.setViewportSize(width, 800);
          page.waitForCondition(() -> (boolean) page.evaluate(FITS));
          if (width != 320) {
            assertAccessible(page, "%s, %s, %d".formatted(path, colours, width));
          }
          screenshot(page, path, colours, width);
        }
      }
    }
    assertThat(console).isEmpty();
  }

  /** For people to look at. */
  private static void screenshot(Page page, String path, ColorScheme colours, int width) {
    String name = "%s-%s-%d.png".formatted(path.isEmpty() ? "home" : path, colours, width);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(Path.of("target", "screenshots", name.toLowerCase(Locale.ROOT))));
  }
}
