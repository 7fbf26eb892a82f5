package com.visitorcount.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.visitorcount.local.browser.Accessibility.assertAccessible;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.clock.MovableClock;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dashboard on the real API with real views, some of them hostile. */
final class DashboardTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SITE = "garden.example";
  private static final String TOKEN = "opensesame";
  private static final String SHARE_SECRET = "0b2f3d51-6c1a-4f7e-9d3c-8b8b2f9f3d11";
  private static final String TOKEN_SHA256 =
      "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";

  /** Each would run, or break out of its place, if it were interpreted as markup. */
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=window.hostile=1>",
          "\"><script>window.hostile=1</script>",
          "javascript:window.hostile=1",
          "' onmouseover='window.hostile=1",
          "=cmd|' /C calc'!A0",
          "\u202egnirts");

  private static final String FITS = "document.documentElement.scrollWidth <= innerWidth";

  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;

  @BeforeAll
  static void start() throws Exception {
    MovableClock clock = MovableClock.at(Instant.now().minus(Duration.ofDays(3)));
    stack = TestStack.start(Map.of("TrustedIpHeader", "X-Real-Ip"), clock);
    chromium = Chromium.likeAPersons();
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
    for (int day = 0; day < 3; day++) {
      for (int i = 0; i < 24; i++) {
        clock.move(Duration.ofMinutes(50));
        view(stack, "/" + (i % 3 == 0 ? "" : "page-" + i % 5), "", i % 4, "https://news.example/");
        if (i == 0) {
          engagement(stack, "/", 42, 80, 0);
        }
        // before the clock moves: records that are half a day old are given up
        stack.runner().settle();
      }
      event(stack, "signup", "{\"plan\":\"pro\"}", 1);
      event(stack, "signup", "{\"plan\":\"<img src=x onerror=window.hostile=1>\"}", 2);
      event(stack, "Outbound Link: Click", "{\"url\":\"https://news.example/a\"}", 1);
      stack.runner().settle();
      clock.move(Duration.ofHours(4));
    }
    view(stack, "shop.example", "/", "", 1, "");
    view(stack, "/", "", 50, "https://semalt.com/");
    clock.set(Instant.now().minusSeconds(60));
    for (int i = 0; i < HOSTILE.size(); i++) {
      view(stack, "/" + encoded(HOSTILE.get(i)), HOSTILE.get(i), 100 + i, "https://news.example/");
    }
    clock.run();
    stack.closeNow();
    assertThat(stack.verification()).doesNotContainPattern(" (lost|before)=[1-9]");
  }

  @Test
  void page_opened_showsTheNumbersOfTheApi() throws Exception {
    JsonNode totals =
        api("aggregate?period=30d&metrics=visitors,pageviews&timezone=UTC").get("results");
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      assertThat(page.locator("#cards")).containsText(totals.at("/visitors/value").asText());
      assertThat(page.locator("#cards")).containsText(totals.at("/pageviews/value").asText());
      assertThat(page.locator("#site")).hasText(SITE);
      assertThat(page.locator("#pages tbody tr").first()).containsText("/");
      assertThat(page.locator("#sources tbody tr").first()).containsText("news.example");
      assertThat(page.locator("#countries tbody tr").first()).containsText("Germany");
      assertThat(page.locator("#devices tbody tr").first()).containsText("Firefox");
      assertThat(page.locator("#visitors-now")).not().hasText("–");
    }
  }

  @Test
  void row_clicked_isAFilterThatTheWayBackTakesAway() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.locator("#pages tbody a.row", new Page.LocatorOptions().setHasText("page-1")).click();
      assertThat(page.locator("#filters")).containsText("page-1");
      assertThat(page).hasURL(Pattern.compile(".*f=page.*page-1.*"));
      assertThat(page.locator("#pages tbody tr")).hasCount(1);
      page.goBack();
      assertThat(page.locator("#filters")).isHidden();
      assertThat(page.locator("#pages tbody tr")).not().hasCount(1);
    }
  }

  @Test
  void goal_clicked_isAFilterOfEverythingElse() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "&compare=off");
      Locator goals = page.locator("#goals tbody tr");

      assertThat(goals).hasCount(2);
      assertThat(goals.first()).containsText("signup");
      goals.first().locator("a").click();
      assertThat(page.locator("#filters")).containsText("Goal is signup");
      assertThat(page.locator("#cards")).containsText("Conversion rate");
      assertThat(page.locator("#pages thead")).containsText("Rate");
      assertThat(page.locator("#pages tbody tr")).hasCount(1);
      page.locator("#goals button[data-key='prop:plan']").click();
      assertThat(goals).hasCount(2);
      goals.filter(new Locator.FilterOptions().setHasText("pro")).locator("a").click();
      assertThat(page.locator("#filters")).containsText("plan=pro");
      page.goBack();
      page.locator("#filters a").first().click();
      assertThat(page.locator("#cards")).not().containsText("Conversion rate");
      assertThat(page.locator("#goals thead")).containsText("Goal");

      page.locator("#goals button[data-key=outbound]").click();
      assertThat(goals).hasCount(1);
      goals.first().locator("a").click();
      assertThat(page.locator("#filters")).containsText("url=https://news.example/a");
      assertThat(page.locator("#filters")).containsText("Outbound Link: Click");
    }
  }

  @Test
  void pages_withEngagement_haveTimeAndScroll() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "&compare=off");
      Locator rows = page.locator("#pages tbody tr");

      page.locator("#pages th a", new Page.LocatorOptions().setHasText("Duration")).click();
      assertThat(page).hasURL(Pattern.compile(".*order=pages%3Atime_on_page%3Adesc.*"));
      assertThat(rows.first()).containsText("42s");
      assertThat(rows.first()).containsText("80%");
      assertThat(rows.last()).containsText("–");
      page.locator("#pages button[data-key=entry_page]").click();
      assertThat(page.locator("#pages thead")).not().containsText("Duration");
      assertThat(rows.first()).containsText("/");
    }
  }

  @Test
  void keys_pressed_changeThePeriodAndTheTable() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.keyboard().press("d");
      assertThat(page.locator("#period")).hasText("Today");
      page.keyboard().press("w");
      assertThat(page.locator("#period")).hasText("Last 7 days");
      page.keyboard().press("t");
      assertThat(page.locator("#points table")).isVisible();
      page.keyboard().press("?");
      assertThat(page.locator("dialog[open]")).isVisible();
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog[open]")).hasCount(0);
    }
  }

  @Test
  void hostileTexts_areShownAsTextsWhereverTheyStand() {
    try (Visitor visitor = visitor()) {
      for (String query :
          List.of("", "&sources=utm_campaign", "&all=pages", "&all=sources&sources=utm_campaign")) {
        Page page = open(visitor, query);

        assertThat(page.locator("body")).containsText("onerror=window.hostile=1");
        String scope = query.contains("all=") ? "dialog a.row" : "#numbers a.row";
        page.locator(scope, new Page.LocatorOptions().setHasText("onerror")).first().hover();
        assertThat(page.evaluate("window.hostile")).isNull();
        assertThat(page.locator("main img, main script, [onerror], [onmouseover]").count())
            .isZero();
        page.close();
      }
    }
  }

  @Test
  void numbersNotLoaded_oldOnesStayUntilTheyAre() {
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole("Failed to load resource");
      Page page = open(visitor, "");
      String cards = page.locator("#cards").innerText();

      visitor.context().setOffline(true);
      page.locator("#earlier").click();
      assertThat(page.locator("#trouble")).containsText("could not be loaded");
      assertThat(page.locator("#cards").innerText()).isEqualTo(cards);
      visitor.context().setOffline(false);
      page.locator("#trouble button").click();
      assertThat(page.locator("#trouble")).isHidden();
    }
  }

  @Test
  void everyState_inAnyColoursAndWidth_isAccessibleAndFits() {
    NewContextOptions options = new NewContextOptions().setLocale("en-GB").setTimezoneId("UTC");
    try (Visitor visitor = chromium.visitor(options)) {
      for (String query :
          List.of(
              "", "&view=table", "&all=pages", "&f=country:XX", "&f=goal:signup&goals=outbound")) {
        Page page = open(visitor, query);
        for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
          page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
          for (int width : new int[] {1_280, 390, 320}) {
            page.setViewportSize(width, 900);
            page.waitForCondition(() -> (boolean) page.evaluate(FITS));
            if (width != 320) {
              assertAccessible(page, "%s, %s, %d".formatted(query, colours, width));
            }
            page.screenshot(
                new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(
                        Path.of(
                            "target",
                            "screenshots",
                            "dashboard%s-%s-%d.png"
                                .formatted(query.replaceAll("\\W+", "-"), colours, width)
                                .toLowerCase(Locale.ROOT))));
          }
        }
        page.close();
      }
    }
  }

  @Test
  void siteWithoutViews_waitsForTheFirst_andShowsIt() throws Exception {
    try (LocalStack empty = TestStack.start(Map.of("HistoryDelaySeconds", "1"));
        Visitor visitor = visitor()) {
      Page page = visitor.open(empty.read() + "dashboard/");
      assertThat(page.locator("#empty")).containsText("Waiting for the first visit");
      assertThat(page.locator("#empty pre")).containsText(empty.read() + "v.js");
      assertThat(page.locator("#empty pre")).containsText("data-api=\"" + empty.increment() + "\"");

      view(empty, "/", "", 1, "");

      assertThat(page.locator("#cards"))
          .containsText("1", new LocatorAssertions.ContainsTextOptions().setTimeout(30_000));
      assertThat(page.locator("#empty")).isHidden();
    }
  }

  @Test
  void statisticsThatAreNotPublic_takeTheToken() throws Exception {
    try (LocalStack closed =
            TestStack.start(
                Map.of("PublicStatistics", "false", "StatisticsTokenSha256", TOKEN_SHA256));
        Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      visitor.allowMissingIconInConsole();
      view(closed, "/", "", 1, "");
      closed.runner().settle();
      Page page = visitor.open(closed.read() + "dashboard/");
      page.locator("input[name=token]").fill("wrong");
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog")).containsText("This token is wrong.");
      page.locator("input[name=token]").fill(TOKEN);
      page.keyboard().press("Enter");

      assertThat(page.locator("#site")).hasText(SITE);
      assertThat(page.locator("#cards")).containsText("1");
      assertThat(page.evaluate("sessionStorage.length")).isEqualTo(1);
      assertThat(page.evaluate("localStorage.length")).isEqualTo(0);
      assertThatItsCacheOpensNothing(page, closed);
    }
  }

  /** Case C4: reads what the owner has read, as another person in the same browser. */
  private static void assertThatItsCacheOpensNothing(Page page, LocalStack closed) {
    // closed days, so that it may be cached for an hour
    String url =
        closed.read() + "api/v1/stats/aggregate?site_id=" + SITE + "&period=day&date=2026-01-01";
    String status =
        """
        ([url, token]) => fetch(url, token ? {headers: {Authorization: 'Bearer ' + token}} : {})
            .then(response => response.status)""";

    assertThat(page.evaluate(status, List.of(url, TOKEN))).isEqualTo(200);
    assertThat(page.evaluate(status, List.of(url, ""))).as("no token").isEqualTo(401);
    assertThat(page.evaluate(status, List.of(url, "wrong"))).as("wrong token").isEqualTo(401);
    assertThat(page.evaluate(status, List.of(url, TOKEN))).isEqualTo(200);
    assertThat(page.navigate(url).status()).as("typed address").isEqualTo(401);
  }

  @Test
  void page_opened_asksNoMoreThanEightQuestions() {
    try (Visitor visitor = visitor()) {
      List<String> asked = new CopyOnWriteArrayList<>();
      List<String> files = new CopyOnWriteArrayList<>();
      visitor
          .context()
          .onRequest(
              request -> (request.url().contains("/api/") ? asked : files).add(request.url()));
      open(visitor, "");

      assertThat(asked).hasSizeLessThanOrEqualTo(8);
      assertThat(files).hasSizeLessThanOrEqualTo(5);
    }
  }

  @Test
  void siteMenu_chosen_showsTheOtherSite() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.locator("#sites summary").click();
      page.locator("#site-list a", new Page.LocatorOptions().setHasText("shop.example")).click();
      assertThat(page.locator("#site")).hasText("shop.example");
      assertThat(page.locator("#pages tbody tr")).hasCount(1);
      assertThat(page).hasTitle(Pattern.compile("shop\\.example.*"));
    }
  }

  @Test
  void customRange_entered_isThePeriodAndItsOrderIsChecked() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.keyboard().press("c");
      page.locator("input[name=from]").fill("2026-11-20");
      page.locator("input[name=to]").fill("2026-11-10");
      page.keyboard().press("Enter");
      assertThat(page.locator("dialog")).containsText("The first day is after the last.");
      page.locator("input[name=from]").fill("2026-11-01");
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*from=2026-11-01.*to=2026-11-10.*"));
      page.keyboard().press("[");
      assertThat(page).hasURL(Pattern.compile(".*from=2026-10-22.*to=2026-10-31.*"));
    }
  }

  @Test
  void comparison_switchedOff_leavesNoChange() {
    try (Visitor visitor = visitor()) {
      // there is no data for the 30 days before
      Page page = open(visitor, "&period=day");
      assertThat(page.locator("#pages thead")).containsText("Change");

      page.keyboard().press("x");
      assertThat(page.locator("#comparison")).hasText("No comparison");
      assertThat(page.locator("#pages thead")).not().containsText("Change");
    }
  }

  @Test
  void metricCard_chosen_isWhatTheChartShowsToArrowKeys() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.locator("#cards [data-key=pageviews]").click();
      assertThat(page.locator("#cards [data-key=pageviews]")).hasAttribute("aria-pressed", "true");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-label", Pattern.compile("Page views.*"));
      page.locator("#chart").focus();
      page.keyboard().press("ArrowLeft");
      String last = page.locator("#chart").getAttribute("aria-valuetext");
      page.keyboard().press("ArrowLeft");
      assertThat(page.locator("#chart")).not().hasAttribute("aria-valuetext", last);
    }
  }

  @Test
  void tabs_chosen_showTheirProperty() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.locator("#pages [data-key=exit_page]").click();
      assertThat(page.locator("#pages thead")).containsText("Exit page");
      page.locator("#sources [data-key=channel]").click();
      assertThat(page.locator("#sources thead")).containsText("Channel");
      assertThat(page.locator("#sources tbody tr").first()).containsText("Referral");
      page.locator("#sources [data-key=utm_campaign]").click();
      assertThat(page.locator("#sources tbody")).containsText("javascript:window.hostile=1");
      page.locator("#sources select").selectOption("utm_source");
      assertThat(page.locator("#sources")).containsText("Nothing found");
      page.locator("#devices [data-key=device]").click();
      assertThat(page.locator("#devices tbody")).containsText("Laptop");
    }
  }

  @Test
  void spam_isNoSourceUntilAFilterAsksForIt() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertThat(page.locator("#sources tbody")).containsText("news.example");
      assertThat(page.locator("#sources tbody")).not().containsText("Spam");

      page = open(visitor, "&f=source:Spam");
      assertThat(page.locator("#sources tbody tr")).hasCount(1);
      assertThat(page.locator("#sources tbody tr")).containsText("Spam");
      assertThat(page.locator("#cards .v").first()).hasText("1");
    }
  }

  /** Case C14: a zone that the browser knows and the server does not. */
  @Test
  void zoneUnknownToTheServer_isReplacedByItsOffsetAndNamed() {
    try (Visitor visitor = visitor()) {
      visitor.with(
          "const options = Intl.DateTimeFormat.prototype.resolvedOptions;"
              + "Intl.DateTimeFormat.prototype.resolvedOptions = function () {"
              + "  return { ...options.call(this), timeZone: 'Europe/Atlantis' } }");
      Page page = open(visitor, "");

      assertThat(page.locator("#cards .v").first()).hasText(Pattern.compile("[1-9][0-9]*"));
      assertThat(page.locator("#pages tbody tr").first()).containsText("/");
      assertThat(page.locator("#zone"))
          .hasText("The server does not know the time zone Europe/Atlantis yet. Times in UTC.");
    }
  }

  @Test
  void allValues_searched_areThoseThatHaveIt() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.locator("#pages [data-key=all]").click();
      assertThat(page.locator("dialog tbody tr")).not().hasCount(1);
      page.locator("dialog input[type=search]").fill("PAGE-2");
      assertThat(page.locator("dialog tbody tr")).hasCount(1);
      // the first Escape empties the field
      page.keyboard().press("Escape");
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog[open]")).hasCount(0);
      assertThat(page).not().hasURL(Pattern.compile(".*all=.*"));
    }
  }

  @Test
  void filters_thatNothingFulfils_sayThatAndCanBeCleared() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "&f=country:DE&f=browser:Lynx");

      assertThat(page.locator("#nothing")).containsText("No views match the filters.");
      page.locator("#nothing a").click();
      assertThat(page.locator("#nothing")).isHidden();
      assertThat(page.locator("#filters")).isHidden();
    }
  }

  @Test
  void filterDialog_filledIn_addsAFilter() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");

      page.keyboard().press("f");
      page.locator("select[name=property]").selectOption("country");
      page.locator("input[name=value]").fill("Germany");
      page.locator("dialog button[type=submit], dialog .btn.pri").first().click();
      assertThat(page.locator("#filters")).containsText("Germany");
    }
  }

  @Test
  void minutePassed_numbersAreAskedForAgain() {
    try (Visitor visitor = visitor()) {
      Page page = visitor.context().newPage();
      page.clock().install();
      page.navigate(stack.read() + "dashboard/?site=" + SITE);
      page.locator("body.loaded").waitFor();

      page.waitForRequest("**/realtime?**", () -> page.clock().fastForward(61_000));
      assertThat(page.locator("#trouble")).isHidden();
    }
  }

  @Test
  void keyboard_alone_reachesEverything() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      page.evaluate(
          "() => { window.reached = new Set; "
              + "addEventListener('focusin', e => reached.add(e.target)) }");
      for (int i = 0; i < 150; i++) {
        page.keyboard().press("Tab");
      }

      assertThat(
              page.evaluate(
                  "[...document.querySelectorAll('a[href], button, summary, select, [tabindex=\"0\"]')]"
                      + ".filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled"
                      + " && !reached.has(e)).map(e => e.outerHTML)"))
          .isEqualTo(List.of());
    }
  }

  @Test
  void sharedLink_opensItsSiteAndNoOther() throws Exception {
    String key = shareKey(SITE);
    try (LocalStack closed =
            TestStack.start(
                Map.of("PublicStatistics", "false", "StatisticsShareSecret", SHARE_SECRET));
        Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      view(closed, "/", "", 1, "");
      view(closed, "shop.example", "/", "", 1, "");
      closed.runner().settle();
      Page page = visitor.open(closed.read() + "dashboard/?share=" + key);
      assertThat(page.locator("#site")).hasText(SITE);
      assertThat(page.locator("#cards")).containsText("1");
      Page other = visitor.open(closed.read() + "dashboard/?site=shop.example&share=" + key);
      assertThat(other.locator("dialog")).containsText("This link is not valid");
    }
  }

  @Test
  void sharedLink_toASiteWithoutViews_waitsForTheFirst() throws Exception {
    String link = "dashboard/?site=" + SITE + "&share=";
    try (LocalStack closed =
            TestStack.start(
                Map.of("PublicStatistics", "false", "StatisticsShareSecret", SHARE_SECRET));
        Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      Page page = visitor.open(closed.read() + link + shareKey(SITE));
      assertThat(page.locator("#empty")).containsText("Listening … " + SITE);
      assertThat(page.locator("#empty pre")).containsText(closed.increment().toString());
      Page other = visitor.open(closed.read() + link + shareKey("shop.example"));
      assertThat(other.locator("dialog")).containsText("This link is not valid");
    }
  }

  @Test
  void otherWaysToLook_printStillAndForcedColours_areServed() {
    NewContextOptions options =
        new NewContextOptions()
            .setReducedMotion(ReducedMotion.REDUCE)
            .setForcedColors(ForcedColors.ACTIVE)
            // a window of 1,280 points at 200 %
            .setViewportSize(640, 450)
            .setDeviceScaleFactor(2)
            .setLocale("en-GB")
            .setTimezoneId("UTC");
    try (Visitor visitor = chromium.visitor(options)) {
      Page page = open(visitor, "");
      String bar =
          "getComputedStyle(document.querySelector('#pages a.row'), '::before').backgroundColor";

      assertThat(page.evaluate("getComputedStyle(document.querySelector('.pulse')).animationName"))
          .isEqualTo("none");
      assertThat(page.evaluate(bar)).isNotEqualTo("rgba(0, 0, 0, 0)");
      assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
      assertAccessible(page, "forced colours at 200 %");
      page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
      assertThat(page.locator("#filter")).isHidden();
      assertThat(page.locator("#pages .seg")).isHidden();
      assertThat(page.locator("#title")).isVisible();
      assertThat(page.locator("#pages tbody tr").first()).isVisible();
    }
  }

  @Test
  void germanBrowser_readsGerman() {
    try (Visitor visitor =
        chromium.visitor(new NewContextOptions().setLocale("de-DE").setTimezoneId("UTC"))) {
      Page page = open(visitor, "");

      assertThat(page.locator("html")).hasAttribute("lang", "de-DE");
      assertThat(page.locator("#countries tbody tr").first()).containsText("Deutschland");
      assertThat(page.locator("#pages-h")).hasText("Seiten");
    }
  }

  @Test
  void germanBrowser_questionRefused_readsWhyInGerman() {
    try (Visitor visitor =
        chromium.visitor(new NewContextOptions().setLocale("de-DE").setTimezoneId("UTC"))) {
      visitor.expectInConsole("400");
      Page page = visitor.open(stack.read() + "dashboard/?site=a/b");

      assertThat(page.locator("#trouble [role=alert]"))
          .hasText(
              "Die Zahlen konnten nicht geladen werden."
                  + " Die Adresse verlangt etwas, das es nicht gibt.");
    }
  }

  private static String shareKey(String site) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SHARE_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(site.getBytes(StandardCharsets.UTF_8)), 0, 16);
  }

  private static Visitor visitor() {
    return chromium.visitor(
        new NewContextOptions()
            .setLocale("en-GB")
            .setTimezoneId("UTC")
            .setViewportSize(1_280, 900));
  }

  private static Page open(Visitor visitor, String query) {
    Page page = visitor.open(stack.read() + "dashboard/?site=" + SITE + query);
    page.locator("body.loaded").waitFor();
    return page;
  }

  private static JsonNode api(String question) throws Exception {
    URI address = stack.read().resolve("/api/v1/stats/" + question + "&site_id=" + SITE);
    return JSON.readTree(
        HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void view(
      LocalStack stack, String path, String campaign, int visitor, String referrer)
      throws IOException, InterruptedException {
    view(stack, SITE, path, campaign, visitor, referrer);
  }

  private static void view(
      LocalStack stack, String site, String path, String campaign, int visitor, String referrer)
      throws IOException, InterruptedException {
    String body =
        JSON.createObjectNode()
            .put("url", "https://" + site + path + "?utm_campaign=" + encoded(campaign))
            .put("referrer", referrer)
            .put("tz", "Europe/Berlin")
            .put("w", 5)
            .toString();
    send(stack, body, visitor);
  }

  private static void engagement(
      LocalStack stack, String path, int seconds, int scrollPercent, int visitor)
      throws IOException, InterruptedException {
    String body =
        "{\"url\":\"https://%s%s\",\"engaged\":%d,\"scroll\":%d}"
            .formatted(SITE, path, seconds * 1_000, scrollPercent);
    send(stack, body, visitor);
  }

  private static void send(LocalStack stack, String body, int visitor)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header(
                "User-Agent",
                "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0")
            .header("X-Real-Ip", "198.51.100." + visitor)
            .POST(BodyPublishers.ofString(body))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static void event(LocalStack stack, String name, String properties, int visitor)
      throws IOException, InterruptedException {
    String body =
        "{\"event\":\"%s\",\"url\":\"https://%s/\",\"tz\":\"Europe/Berlin\",\"props\":%s}"
            .formatted(name, SITE, properties);
    send(stack, body, visitor);
  }
}
