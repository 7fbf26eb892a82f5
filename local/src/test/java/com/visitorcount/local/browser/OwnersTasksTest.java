package com.visitorcount.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.BoundingBox;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What owners want of the dashboard, each by the fewest clicks that it takes. A press on a menu
 * that is let go on one of its entries is one click.
 */
final class OwnersTasksTest {
  private static final Instant LAST_MONTH = Instant.parse("2026-05-05T12:00:00Z");
  private static final Instant NOW = Instant.parse("2026-06-17T13:20:00Z");
  private static final String SITE = "shop.example";
  private static final String TOKEN = "opensesame";
  private static final String TOKEN_SHA256 =
      "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";
  private static final String DESKTOP =
      "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";
  private static final String PHONE =
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
          + " (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;
  private static int visitors;

  private int clicks;

  @BeforeAll
  static void start() throws Exception {
    MovableClock clock = MovableClock.at(LAST_MONTH);
    stack =
        TestStack.start(
            Map.of(
                "TrustedIpHeader",
                "X-Real-Ip",
                "PublicStatistics",
                "false",
                "StatisticsTokenSha256",
                TOKEN_SHA256,
                "StatisticsShareSecret",
                "0b2f3d51-6c1a-4f7e-9d3c-8b8b2f9f3d11"),
            clock);
    chromium = Chromium.likeAPersons();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    views(2, "/pricing", DESKTOP, 6, "Europe/Paris", "");
    views(5, "/about", DESKTOP, 6, "Europe/Paris", "");
    stack.runner().settle();
    clock.set(NOW.minusSeconds(86_400));
    views(5, "/pricing", PHONE, 1, "Europe/Berlin", "https://news.example/");
    views(2, "/pricing", PHONE, 1, "Europe/Paris", "https://www.google.com/");
    views(1, "/pricing", DESKTOP, 6, "Europe/Berlin", "https://www.google.com/");
    views(6, "/about", DESKTOP, 6, "Europe/Berlin", "https://www.google.com/");
    for (int i = 1; i <= 4; i++) {
      post(DESKTOP, "{\"url\":\"https://site-%d.example/\"}".formatted(i));
    }
    for (int i = 0; i < 3; i++) {
      post(DESKTOP, "{\"event\":\"signup\",\"url\":\"https://shop.example/pricing\"}");
    }
    stack.runner().settle();
    clock.set(NOW);
    stack.closeNow();
  }

  private static void views(
      int count, String path, String userAgent, int width, String zone, String referrer)
      throws Exception {
    for (int i = 0; i < count; i++) {
      post(
          userAgent,
          "{\"url\":\"https://shop.example%s\",\"w\":%d,\"tz\":\"%s\",\"referrer\":\"%s\"}"
              .formatted(path, width, zone, referrer));
    }
  }

  private static void post(String userAgent, String body) throws Exception {
    visitors++;
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("User-Agent", userAgent)
            .header("X-Real-Ip", "198.51.100." + visitors)
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
  }

  @Test
  void owner_doesEachTask_inFewClicks() {
    NewContextOptions options =
        new NewContextOptions()
            .setLocale("en-GB")
            .setTimezoneId("UTC")
            .setViewportSize(1_280, 900)
            .setPermissions(List.of("clipboard-read", "clipboard-write"));
    try (Visitor owner = chromium.visitor(options)) {
      owner.expectInConsole("401");
      owner.allowMissingIconInConsole();
      signIn(owner);

      // how are my five sites doing
      Page sites = open(owner, "");
      assertThat(sites.locator(".site")).hasCount(5);
      assertThat(sites.locator(".site").first()).containsText(SITE);
      assertThat(sites.locator(".site .v").first()).containsText("17");
      assertThat(clicks).isZero();

      // how many sign-ups
      Page page = open(owner, SITE);
      Locator goals = page.locator("#goals tbody tr");
      assertThat(goals).containsText("signup");
      assertThat(goals.locator(".n").first()).hasText("3");
      assertThat(clicks).isZero();

      // which page grew most, this month against last
      choose(page, "#period-list", "This month");
      click(page.locator("#pages th a:has-text('Change')"));
      assertThat(page.locator("#pages tbody tr").first()).containsText("/pricing");
      assertThat(page.locator("#pages tbody tr").first().locator(".d")).containsText("450");
      assertThat(clicks).isEqualTo(2);

      // where do visitors of /pricing come from on mobile in Germany
      page = open(owner, SITE);
      click(page.locator("#pages a.row:has-text('/pricing')"));
      click(page.locator("#countries a.row:has-text('Germany')"));
      click(page.locator("#devices .seg button:has-text('Sizes')"));
      click(page.locator("#devices a.row:has-text('Mobile')"));
      assertThat(page.locator("#sources tbody tr")).hasCount(1);
      assertThat(page.locator("#sources tbody tr")).containsText("news.example");
      assertThat(page.locator("#cards .v").first()).hasText("5");
      assertThat(clicks).isEqualTo(4);

      // do not count my visits
      Page mine = open(owner, SITE);
      click(mine.locator("details:has(#more-list) summary"));
      owner.context().route("https://shop.example/**", route -> route.fulfill());
      Page opened =
          owner
              .context()
              .waitForPage(() -> click(mine.locator("#more-list a:has-text('Do not count')")));
      assertThat(opened).hasURL("https://shop.example/#visitorcount-off");
      opened.close();
      assertThat(clicks).isEqualTo(2);

      // give a client one site: the link is copied
      page = open(owner, SITE);
      click(page.locator("details:has(#more-list) summary"));
      click(page.locator("#more-list button:has-text('Share')"));
      assertThat(page.locator("dialog [role=status]")).hasText("Copied");
      String link = (String) page.evaluate("navigator.clipboard.readText()");
      assertThat(clicks).isEqualTo(2);

      // all data of last month as files
      Page files = open(owner, SITE);
      choose(files, "#period-list", "Last month");
      assertThat(files.locator("#cards .v").first()).hasText("7");
      Download saved =
          files.waitForDownload(() -> choose(files, "#more-list", "Save everything as ZIP"));
      assertThat(saved.suggestedFilename())
          .contains(SITE, "2026-05-01", "2026-05-31")
          .endsWith(".zip");
      assertThat(clicks).isEqualTo(2);

      try (Visitor client = chromium.visitor(options)) {
        Page shared = client.context().newPage();
        shared.clock().setFixedTime(NOW.toEpochMilli());
        shared.navigate(link);
        assertThat(shared.locator("#site")).hasText(SITE);
        assertThat(shared.locator("#cards .v").first()).hasText(Pattern.compile("\\d+"));
      }
    }
  }

  private void signIn(Visitor owner) {
    Page page = open(owner, SITE);
    page.locator("input[name=token]").fill(TOKEN);
    page.locator("input[name=keep]").check();
    page.keyboard().press("Enter");
    assertThat(page.locator("#cards .v").first()).hasText(Pattern.compile("\\d+"));
    page.close();
  }

  /** The page of one site or of all, before the first click of a task. */
  private Page open(Visitor owner, String site) {
    Page page = owner.context().newPage();
    page.clock().setFixedTime(NOW.toEpochMilli());
    page.navigate(stack.read() + "dashboard/" + (site.isEmpty() ? "" : "?site=" + site));
    clicks = 0;
    return page;
  }

  private void click(Locator locator) {
    locator.click();
    clicks++;
  }

  /** One press on a menu, let go on an entry. */
  private void choose(Page page, String menu, String entry) {
    moveTo(page, page.locator("details:has(" + menu + ") summary"));
    page.mouse().down();
    moveTo(page, page.locator(menu + " > :has-text('" + entry + "')"));
    page.mouse().up();
    clicks++;
  }

  private static void moveTo(Page page, Locator locator) {
    BoundingBox box = locator.boundingBox();
    page.mouse().move(box.x + box.width / 2, box.y + box.height / 2);
  }
}
