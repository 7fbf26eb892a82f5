package com.visitorcount.local.dashboard;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.visitorcount.local.browser.Accessibility.assertAccessible;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.visitorcount.local.browser.Chromium;
import com.visitorcount.local.browser.Visitor;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard does when its numbers are late, missing, refused or hostile. */
@Timeout(120)
final class DashboardStatesTest {
  private static final Instant NOON = Instant.parse("2026-11-24T13:02:00Z");
  private static final String FAILURE = "Failed to load resource";

  /** Each would run, leave its place, or be another filter if it were not treated as text. */
  private static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=window.hostile=1>",
          "\"><script>window.hostile=1</script>",
          "javascript:window.hostile=1",
          "' onmouseover='window.hostile=1",
          "=cmd|' /C calc'!A0",
          "\u202egnirts",
          "a;b|c\\d*e",
          "x".repeat(500));

  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final ReadFunction read = new ReadFunction();

  @BeforeAll
  static void bePatient() {
    PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_280, 390})
  void numbersLate_theirPlacesStandAndNothingMovesWhenTheyCome(int width) {
    read.hold("stats");
    try (Visitor visitor = visitor(width, ColorScheme.LIGHT)) {
      Page page = open(visitor, "");
      page.evaluate(
          "() => { window.shift = 0; window.moved = []; new PerformanceObserver(list =>"
              + " list.getEntries().forEach(entry => { shift += entry.value;"
              + " moved.push(...entry.sources.map(source => source.node &&"
              + " (source.node.id || source.node.className || source.node.nodeName))) }))"
              + ".observe({ type: 'layout-shift', buffered: true }) }");
      assertThat(page.locator("#pages .sk")).hasCount(8);
      assertThat(page.locator("#numbers")).hasAttribute("aria-busy", "true");

      read.release();
      assertLoaded(page);
      page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done)))");

      assertThat(((Number) page.evaluate("shift")).doubleValue())
          .as("moved: %s", page.evaluate("moved.join()"))
          .isLessThan(0.002);
    }
  }

  @Test
  void firstNumbers_takeFiveRequests() {
    read.hold("stats/timeseries", "stats/breakdown", "stats/realtime");
    try (Visitor visitor = visitor()) {
      List<String> requests = new CopyOnWriteArrayList<>();
      visitor.context().onRequestFinished(request -> requests.add(request.url()));
      Page page = visitor.open(read.dashboard(""));

      assertThat(page.locator("#cards .v").first()).hasText(Pattern.compile("[0-9,]+"));
      assertThat(requests).filteredOn(url -> !url.contains("/icon.")).hasSize(5);
    }
  }

  @Test
  void numbersFail_oldOnesStayWithTheirTime_untilTheNextTryBringsNewOnes() {
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole(FAILURE);
      Page page = open(visitor, "");
      assertLoaded(page);
      String cards = page.locator("#cards").innerText();

      read.failWith(500);
      page.clock().runFor(61_000);
      assertThat(page.locator("#trouble"))
          .containsText("The numbers could not be loaded. Showing 26 Oct – 24 Nov, as of 14:02.");
      assertThat(page.locator("#countdown")).hasText(Pattern.compile("Trying again in \\d s\\."));
      assertThat(page.locator("#cards").innerText()).isEqualTo(cards);

      read.failWith(0);
      page.clock().runFor(6_000);
      assertThat(page.locator("#trouble")).isHidden();
      assertThat(page.locator("#updated")).hasText("Updated 14:03");
    }
  }

  @Test
  void storedDataUnreadable_pageSaysOfWhichDays() {
    read.setIncomplete("2026-11-21", "2026-11-20");
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertThat(page.locator("#incomplete"))
          .hasText(
              "Some stored data cannot be read. Numbers are too low for: 20 Nov 2026, 21 Nov 2026");
      assertAccessible(page, "incomplete");

      read.setIncomplete();
      page.clock().runFor(61_000);
      assertThat(page.locator("#incomplete")).isHidden();
    }
  }

  @Test
  void numbersOfAnotherPeriodFail_pageSaysWhichItShows() {
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole(FAILURE);
      Page page = open(visitor, "");
      assertLoaded(page);

      read.failWith(503);
      page.keyboard().press("w");
      assertThat(page.locator("#trouble")).containsText("Showing 26 Oct – 24 Nov, as of 14:02.");
      assertThat(page.locator("#legend")).containsText("26 Oct – 24 Nov");
      read.failWith(0);
      page.locator("#trouble button").click();
      assertThat(page.locator("#legend")).containsText("18 – 24 Nov");
      assertThat(page.locator("#trouble")).isHidden();
    }
  }

  @Test
  void questionRefused_pageSaysWhy() {
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole(FAILURE);
      read.failWith(400);
      Page page = open(visitor, "");

      assertThat(page.locator("#trouble [role=alert]")).containsText("Detail of problem 400.");
    }
  }

  @Test
  void siteWithoutViews_givesTheSnippet_andTurnsIntoTheFirstView() {
    read.setEmpty(true);
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertThat(page.locator("#empty")).containsText("Listening … example.com");
      assertThat(page.locator("#empty pre"))
          .containsText(Pattern.compile("<script defer src=\"http://read\\.test:\\d+/v\\.js\""));
      assertThat(page.locator("#numbers")).isHidden();

      read.setEmpty(false);
      page.clock().runFor(5_100);
      assertLoaded(page);
      assertThat(page.locator("#empty")).isHidden();
    }
  }

  @Test
  void tabInTheBackground_asksNothing_andCatchesUpWhenItIsSeen() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);
      page.evaluate(
          "() => { window.showTab = state => { Object.defineProperty(document, 'visibilityState',"
              + " { configurable: true, value: state });"
              + " document.dispatchEvent(new Event('visibilitychange')) }; showTab('hidden') }");
      read.forget();

      page.clock().runFor(300_000);
      assertThat(read.asked()).isEmpty();
      page.evaluate("showTab('visible')");
      assertThat(page.locator("#updated")).hasText("Updated 14:07");
    }
  }

  @Test
  void token_wrong_isSaidPlainly_andTheRightOneIsAskedForOnce() {
    read.require("open-sesame", "key");
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      Page page = open(visitor, "");
      for (String wrong : List.of("nonsense", "schlüssel")) {
        page.locator("input[name=token]").fill(wrong);
        page.keyboard().press("Enter");
        assertThat(page.locator("#wrong")).hasText("This token is wrong.");
      }
      page.keyboard().press("Escape");
      assertThat(page.locator("input[name=token]")).isVisible();
      page.locator("input[name=token]").fill("open-sesame");
      page.keyboard().press("Enter");
      assertLoaded(page);

      page.reload();
      assertLoaded(page);
      assertThat(page.locator("dialog")).hasCount(0);
    }
  }

  /** Owner's tasks: stay signed in, give a client one site, sign out. */
  @Test
  void token_kept_outlivesTheTab_andMakesALinkForOthers() {
    read.require("open-sesame", "key");
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      Page first = open(visitor, "");
      first.locator("input[name=token]").fill("open-sesame");
      first.locator("input[name=keep]").check();
      first.keyboard().press("Enter");
      assertLoaded(first);
      first.close();

      Page page = open(visitor, "");
      assertLoaded(page);
      page.locator("details:has(#more-list) summary").click();
      // an owner's task: do not count my visits, in two clicks
      assertThat(page.locator("#more-list a"))
          .hasAttribute("href", "https://example.com/#visitorcount-off");
      assertThat(page.locator("#more-list a")).hasText("Do not count my visits");
      page.locator("#more-list button:has-text(\"Share\")").click();
      assertThat(page.locator("dialog input"))
          .hasValue(Pattern.compile("http://read\\.test.*site=example\\.com.*share=key.*"));
      assertThat(page.locator("dialog textarea"))
          .hasValue(Pattern.compile("<iframe src=\"http://read.*panel=dashboard\".*"));
      page.locator("dialog select").selectOption("pages");
      assertThat(page.locator("dialog textarea")).hasValue(Pattern.compile(".*panel=pages\".*"));
      assertAccessible(page, "share");
      // asks for confirmation
      Locator revoke = page.locator("dialog button:has-text(\"Revoke\")");
      revoke.click();
      revoke.click();
      assertThat(page.locator("dialog input[readonly]"))
          .hasValue(Pattern.compile(".*share=newkey.*"));
      assertThat(page.locator("dialog [role=status]")).containsText("are revoked");
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      page.locator("details:has(#more-list) summary").click();
      page.locator("#more-list button:has-text(\"Sign out\")").click();
      assertThat(page.locator("dialog h2")).hasText("Sign in");
      assertThat(page.evaluate("localStorage.length + sessionStorage.length")).isEqualTo(0);
    }
  }

  @Test
  void sharedLink_passesItsKeyOn_andSaysWhenItIsWithdrawn() {
    read.require("open-sesame", "key");
    try (Visitor visitor = visitor()) {
      visitor.expectInConsole("401");
      Page page = open(visitor, "?share=key");
      assertLoaded(page);
      page.keyboard().press("w");
      assertThat(page).hasURL(Pattern.compile(".*share=key.*"));
      assertThat(page.locator("#legend")).containsText("18 – 24 Nov");
      assertThat(read.asked()).allMatch(question -> question.contains("share=key"));

      read.require("open-sesame", "other");
      page.reload();
      assertThat(page.locator("dialog")).containsText("This link is not valid");
    }
  }

  /** A link that is limited to filters says so, and shows nothing else. */
  @Test
  void sharedLink_limitedToFilters_keepsThemAndIsShownInAFrameWithoutAToken() {
    read.require("open-sesame", "key");
    String link = "?share=key:visit:country==DE&only=country:DE";
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, link);
      assertLoaded(page);
      assertThat(page.locator("#filters .lasting")).hasText("Country is Germany");
      assertThat(page.locator("#filters a")).hasCount(0);
      assertThat(page.locator("#online")).isHidden();
      assertThat(read.asked()).noneMatch(asked -> asked.startsWith("stats/realtime"));
      page.keyboard().press("w");
      assertThat(page.locator("#legend")).containsText("18 – 24 Nov");
      assertThat(read.asked())
          .filteredOn(asked -> asked.startsWith("stats/"))
          .allMatch(asked -> asked.contains("share_filters=visit:country==DE"));

      read.forget();
      page.evaluate("localStorage['visitorCount.token'] = 'open-sesame'");
      page.navigate(read.dashboard(link + "&panel=pages"));
      assertLoaded(page);
      assertThat(page.locator("#pages tbody tr")).hasCount(8);
      assertThat(page.locator("header")).isHidden();
      assertThat(page.locator("#sources")).isHidden();
      assertThat(read.asked())
          .noneMatch(asked -> asked.startsWith("stats/timeseries?{period=custom"));
      assertAccessible(page, "a panel");
      visitor.expectInConsole("401");
      page.navigate(read.dashboard("?panel=pages"));
      assertThat(page.locator("dialog")).containsText("This link is not valid");
    }
  }

  /** An owner's task: how are my sites doing? Without a click. */
  @Test
  void severalSites_areWhatTheirOwnerSeesFirst_andOneIsOpenedByAClick() {
    read.setSites("a.example", "longest.example", HOSTILE.get(0), "b", "c", "d", "e");
    try (Visitor visitor = visitor()) {
      Page page = visitor.context().newPage();
      page.navigate(read.allSites());
      Locator sites = page.locator("#all-sites a.site");
      assertThat(sites).hasCount(7);
      assertThat(sites.first()).containsText(HOSTILE.get(0));
      assertThat(sites.nth(1)).containsText("1,500");
      assertThat(page.locator("#numbers")).isHidden();
      assertHarmless(page);
      assertAccessible(page, "all sites");

      page.locator("#all-sites input").fill("longest");
      assertThat(sites).hasCount(1);
      sites.first().click();
      assertThat(page.locator("#site")).hasText("longest.example");
      assertLoaded(page);
      page.goBack();
      assertThat(page.locator("#all-sites")).isVisible();
      assertThat(page.locator("#numbers")).isHidden();
    }
  }

  @Test
  void hostileTexts_whereverAVisitorsTextIsShown_areTexts() {
    for (String property :
        List.of(
            "page",
            "entry_page",
            "source",
            "referrer",
            "utm_campaign",
            "country",
            "browser",
            "os")) {
      read.figures().set(property, HOSTILE);
    }
    read.setSites("example.com", HOSTILE.get(0), HOSTILE.get(5), HOSTILE.get(7));
    try (Visitor visitor = visitor(390, ColorScheme.LIGHT)) {
      Page page = open(visitor, "?pages=entry_page&sources=utm_campaign&devices=os");
      for (String panel : List.of("pages", "sources", "countries", "devices")) {
        Locator rows = page.locator("#" + panel + " a.row bdi");
        assertThat(rows.first()).hasText(HOSTILE.get(0));
        rows.nth(1).hover();
        assertThat(rows.nth(1)).hasText(HOSTILE.get(1));
      }
      assertThat(page.locator("#pages-now bdi").first()).hasText(HOSTILE.get(0));
      page.locator("#sites summary").click();
      assertThat(page.locator("#site-list a").nth(2)).hasText(HOSTILE.get(0));
      page.keyboard().press("Escape");
      page.navigate(read.dashboard("?pages=entry_page&all=pages"));
      assertThat(page.locator("dialog a.row bdi").first()).hasText(HOSTILE.get(0));
      assertHarmless(page);
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);

      for (String text : HOSTILE) {
        page.locator("#countries a.row, #devices a.row").first().waitFor();
        page.navigate(read.dashboard("?f=browser:" + encoded(text) + "&site=" + encoded(text)));
        assertThat(page.locator("#filters bdi")).hasText(text);
        assertThat(page.locator("#site")).hasText(text);
        assertHarmless(page);
      }
      page.keyboard().press("f");
      assertThat(page.locator("datalist option").first())
          .hasAttribute("value", Pattern.compile(".+"));
      assertHarmless(page);
    }
  }

  /** A row filters by exactly itself, whatever characters of the filter syntax it contains. */
  @Test
  void row_withSignsOfTheFilterSyntax_filtersByItself() {
    read.figures().set("page", HOSTILE);
    read.figures().set("browser", HOSTILE);
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      for (String panel : List.of("pages", "devices")) {
        Locator links = page.locator("#" + panel + " a.row");
        for (int row = 0; row < 6; row++) {
          assertThat(links).not().hasCount(1);
          String text = links.nth(row).locator("bdi").innerText();
          links.nth(row).click();
          assertThat(links).hasCount(1);
          assertThat(page.locator("#" + panel + " a.row[aria-current=true] bdi")).hasText(text);
          links.click();
          assertThat(page.locator("#filters")).isHidden();
        }
      }
    }
  }

  @Test
  void filters_ofOneProperty_areAlternatives_andDifferentOnesAreAllTrue() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?f=country:DE&f=-browser:Edge&f=country:FR&f=page:/blog/**");
      assertLoaded(page);

      assertThat(page.locator("#filters")).containsText("Country is Germany or France");
      assertThat(page.locator("#filters")).containsText("Browser is not Edge");
      assertThat(page.locator("#filters .chip")).hasCount(3);
      assertThat(read.asked())
          .anyMatch(
              question ->
                  question.contains(
                      "filters=visit:country==DE|FR;visit:browser!=Edge;event:page==/blog/**"));
      page.locator("#filters .chip a").first().click();
      assertThat(page.locator("#filters .chip")).hasCount(2);
      page.keyboard().press("Escape");
      assertThat(page.locator("#filters")).isHidden();
      page.goBack();
      assertThat(page.locator("#filters .chip")).hasCount(2);
    }
  }

  /** An owner's task: where do visitors of /pricing come from on phones in Germany? */
  @Test
  void filterDialog_severalConditions_areAllAskedFor() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);
      assertThat(page.locator("#scope")).isHidden();
      page.keyboard().press("f");
      page.locator("select[name=not]").selectOption("~");
      page.locator("input[name=value]").fill("pric");
      page.locator("dialog button:has-text(\"Another condition\")").click();
      page.locator("select[name=property]").last().selectOption("country");
      page.locator("input[name=value]").last().fill("Germany");
      assertAccessible(page, "two conditions");
      page.keyboard().press("Enter");

      assertThat(page.locator("#filters")).containsText("Page contains pric");
      assertThat(page.locator("#filters")).containsText("Country is Germany");
      assertThat(page.locator("#scope")).isVisible();
      page.waitForCondition(
          () ->
              read.asked().stream()
                  .anyMatch(asked -> asked.contains("event:page~pric;visit:country==DE")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "d, Today, day, , 2026-11-23",
    "e, Yesterday, day, 2026-11-23, 2026-11-22",
    "w, Last 7 days, 7d, , 2026-11-17",
    "m, Last 30 days, 30d, , 2026-10-25",
    "q, Last 90 days, 90d, , 2026-08-26",
    "n, This month, month, , 2026-10-01",
    "p, Last month, month, 2026-10-01, 2026-09-01",
    "l, Last 12 months, 12mo, , 2025-11-01"
  })
  void periodKey_pressed_asksForItsDays_andForEarlierOnes(
      String key, String name, String period, @Nullable String date, String earlier) {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=all");
      page.keyboard().press(key);
      assertThat(page.locator("#period")).hasText(name);
      awaitQuestion(page, period, date);

      page.keyboard().press("[");
      awaitQuestion(page, period, earlier);
      read.forget();
      page.keyboard().press("]");
      assertThat(page.locator("#period")).hasText(name);
    }
  }

  @Test
  void comparison_ofAPeriodThatGoesOn_endsAtTheSameTimeOfDay_andTheChartShowsItWhole() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=day");
      assertLoaded(page);
      Locator change = page.locator("#cards [data-key=visitors] .c");
      assertThat(change).hasAttribute("title", Pattern.compile("Compared with 23 Nov, .*14:02"));
      assertThat(read.asked())
          .filteredOn(question -> question.contains("compare="))
          .hasSizeGreaterThan(2)
          .allMatch(
              question ->
                  question.contains("to_date=false") == question.startsWith("stats/timeseries"));

      page.keyboard().press("e");
      assertThat(page.locator("#legend")).containsText("23 Nov");
      assertThat(change).hasAttribute("title", "Compared with 22 Nov");
      page.keyboard().press("d");
      page.keyboard().press("x");
      assertThat(page.locator("#comparison")).hasText("No comparison");
      assertThat(change).hasText("");
    }
  }

  @Test
  void keys_switchedOffOrMeantForAField_doNothing() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);
      String address = page.url();
      page.keyboard().press("Control+d");
      page.keyboard().press("f");
      page.locator("input[name=value]").fill("w");
      page.locator("input[name=value]").press("m");
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      page.keyboard().press("?");
      page.locator("dialog input[type=checkbox]").uncheck();
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      page.keyboard().press("w");
      page.keyboard().press("?");
      page.locator("dialog input[type=checkbox]").check();

      assertThat(page.url()).isEqualTo(address);
    }
  }

  @Test
  void allValues_pageByPage_areInTheAddress_andCanBeSaved() throws Exception {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      page.locator("#pages [data-key=all]").click();
      assertThat(page.locator("dialog tbody tr")).hasCount(50);
      page.locator("dialog .pager a").click();
      page.locator("dialog .pager a").last().click();
      assertThat(page.locator("dialog tbody tr")).hasCount(28);
      assertThat(page).hasURL(Pattern.compile(".*all=pages.*page=3.*"));

      Download download =
          page.waitForDownload(
              () -> page.locator("dialog button:has-text(\"Save as CSV\")").click());
      assertThat(download.suggestedFilename())
          .isEqualTo("example.com_page_2026-10-26_2026-11-24.csv");
      assertThat(Files.readString(download.path())).startsWith("page,visitors");
      assertThat(read.asked())
          .anyMatch(question -> question.contains("bom=true") && question.contains("format=csv"));
      page.goBack();
      assertThat(page.locator("dialog .pager")).containsText("Page 2 of 3");
      page.goBack();
      assertThat(page.locator("dialog .pager")).containsText("Page 1 of 3");
      page.goBack();
      assertThat(page.locator("dialog")).hasCount(0);
      assertThat(page.locator("#numbers")).isVisible();
    }
  }

  /** An owner's task: which page grew most? With one click, which going back undoes. */
  @Test
  void list_orderedByAColumn_asksForItAndSaysSo() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);
      page.locator("#pages th.d a").click();
      assertThat(page.locator("#pages th.d")).hasAttribute("aria-sort", "descending");
      page.waitForCondition(
          () -> read.asked().stream().anyMatch(asked -> asked.contains("order=change:desc")));
      page.locator("#pages th.d a").click();
      assertThat(page.locator("#pages th.d")).hasAttribute("aria-sort", "ascending");
      page.goBack();
      page.goBack();
      assertThat(page.locator("#pages th.shared")).hasAttribute("aria-sort", "descending");

      Locator open = page.locator("#pages a.open").nth(1);
      assertThat(open).hasAttribute("href", "https://example.com/blog/serverless-counters");
      assertThat(open).hasAttribute("rel", "noopener noreferrer");
      assertThat(page.locator("#pages .share").first()).hasText("34%");
      assertThat(page.locator("#devices [data-key=all]")).hasCount(0);
    }
  }

  @Test
  void everything_saved_isOneArchiveOfAllLists() throws Exception {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?f=country:DE");
      assertLoaded(page);
      page.locator("details:has(#more-list) summary").click();
      Download download =
          page.waitForDownload(
              () -> page.locator("#more-list button:has-text(\"Save everything\")").click());
      assertThat(download.suggestedFilename())
          .isEqualTo("example.com_everything_2026-10-26_2026-11-24_visit-country==DE.zip");
      try (ZipFile zip = new ZipFile(download.path().toFile())) {
        assertThat(zip.stream().map(ZipEntry::getName))
            .contains("totals.csv", "chart.csv", "page.csv", "source.csv", "os.csv")
            .doesNotContain("goal.csv");
        assertThat(zip.getInputStream(zip.getEntry("page.csv")).readAllBytes())
            .asString(UTF_8)
            .startsWith("page,visitors");
      }
    }
  }

  /** Two steps back at once, from the values of one panel to another's. */
  @Test
  void allValues_ofAnotherPanelByTheWayBack_takeTheirPlaceAndStay() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      page.locator("#pages [data-key=all]").click();
      assertThat(page.locator("dialog[open] tbody tr")).hasCount(50);
      page.keyboard().press("Escape");
      assertThat(page.locator("dialog")).hasCount(0);
      page.locator("#countries [data-key=all]").click();
      assertThat(page.locator("dialog[open] h2")).hasText("Country");

      page.evaluate("history.go(-2)");
      assertThat(page.locator("dialog[open] h2")).hasText("Page");
      assertThat(page.locator("dialog[open] tbody tr")).hasCount(50);
      assertThat(page).hasURL(Pattern.compile(".*all=pages.*"));
      page.evaluate("history.go(-1)");
      assertThat(page.locator("dialog")).hasCount(0);
    }
  }

  @Test
  void rowByKeyboard_afterItFiltered_keepsTheFocus() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      page.locator("#devices a.row").nth(2).focus();
      page.keyboard().press("Enter");
      assertThat(page.locator("#filters")).containsText("Browser is Firefox");
      assertThat(page.locator("#devices tbody tr")).hasCount(1);

      assertThat(page.locator("#devices a.row")).isFocused();
    }
  }

  /** A selected point belongs to the same hours only. */
  @Test
  void chart_ofAnotherDayWithAsManyHours_beginsAtItsLatestPoint() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=day&date=2026-11-23");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile("Mon 23 Nov, 23:00.*"));

      page.keyboard().press("d");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile("Tue 24 Nov, 14:00.*"));
      page.locator("#chart").press("ArrowLeft");
      page.locator("#cards [data-key=pageviews]").click();
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile("Tue 24 Nov, 13:00.*Page views.*"));
    }
  }

  /** Case C15: the days are those in the API's answer. */
  @Test
  void comparison_ofEachPeriod_isNamedAsTheApiNamesIt_andWeekdaysCanBeLetGo() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=month");
      assertThat(page.locator("#legend .then")).hasText(Pattern.compile("1.{1,3}31 Oct"));
      assertThat(page.locator("#cards [data-key=visitors] .c"))
          .hasAttribute("title", Pattern.compile("Compared with 1.{1,3}24 Oct, .*14:02"));

      page.keyboard().press("m");
      assertThat(page.locator("#legend .then")).hasText(Pattern.compile("21 Sept?.{1,3}20 Oct"));
      page.locator("details:has(#compare-list) summary").click();
      page.locator("#compare-list a[data-key^=Match]").click();
      assertThat(page.locator("#legend .then")).hasText(Pattern.compile("26 Sept?.{1,3}25 Oct"));
      assertThat(page).hasURL(Pattern.compile(".*match=off.*"));
    }
  }

  @Test
  void baseline_ofOnesOwn_isAskedForAndNamed_andHoursAreReadByArrowKeys() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=7d");
      assertLoaded(page);
      page.locator("details:has(#compare-list) summary").click();
      page.locator("#compare-list button").click();
      page.locator("input[name=from]").fill("2026-10-05");
      page.locator("input[name=to]").fill("2026-10-11");
      page.keyboard().press("Enter");
      assertThat(page.locator("#comparison")).hasText(Pattern.compile("5.{1,3}11 Oct"));
      assertThat(page.locator("#legend .then")).hasText(Pattern.compile("5.{1,3}11 Oct"));
      assertThat(read.asked())
          .anyMatch(
              asked ->
                  asked.contains("compare=custom")
                      && asked.contains("compare_date=2026-10-05,2026-10-11"));

      // four weeks, although a single one is shown
      assertThat(page.locator("#hours-range")).hasText("28 Oct – 24 Nov");
      assertThat(page.locator("#hours-grid tbody td")).hasCount(7 * 24);
      page.locator("#hours-grid").focus();
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowLeft");
      assertThat(page.locator("#hours-now")).hasText(Pattern.compile("Tue 22:00: [0-9,]+"));
      page.locator("#minutes").focus();
      page.keyboard().press("ArrowLeft");
      assertThat(page.locator("#minute-now")).hasText(Pattern.compile("1 min ago: [0-9]+"));
      page.locator("#cards [data-key=visits]").click();
      assertThat(page.locator("#chart")).hasAttribute("aria-label", Pattern.compile("Visits.*"));
    }
  }

  /** Only the reader's language is loaded, and it can differ from the browser's. */
  @Test
  void language_chosen_staysAndIsTheOnlyOneThatIsLoaded() {
    try (Visitor visitor = visitor()) {
      List<String> files = new CopyOnWriteArrayList<>();
      visitor.context().onRequest(request -> files.add(request.url()));
      Page page = open(visitor, "?lang=de");
      assertLoaded(page);
      assertThat(page.locator("#pages-h")).hasText("Seiten");
      for (String[] language :
          new String[][] {{"fr", "Appareils"}, {"es", "Dispositivos"}, {"pt", "Dispositivos"}}) {
        page.locator("#languages [lang=" + language[0] + "]").click();
        assertThat(page.locator("#devices-h")).hasText(language[1]);
        assertThat(page.locator("html")).hasAttribute("lang", language[0]);
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
            .isEqualTo(true);
      }
      files.clear();
      page.locator("#languages [lang=en]").click();
      assertThat(page.locator("#devices-h")).hasText("Devices");
      assertLoaded(page);
      assertThat(files).noneMatch(file -> file.matches(".*(german|french|spanish|portug).*"));
    }
  }

  /** Case C17: not counted is not the same as zero. */
  @Test
  void comparison_withDaysWithoutData_saysSoInsteadOfNew() {
    read.figures().setDataSince(LocalDate.of(2026, 11, 1));
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);

      assertThat(page.locator("#legend")).containsText("No data before 1 Nov 2026");
      assertThat(page.locator("#chart .prev")).hasCount(0);
      assertThat(page.locator("#pages th.d")).hasCount(0);
      assertThat(page.locator("#numbers")).not().containsText("new");
      page.keyboard().press("t");
      assertThat(page.locator("#points tbody tr")).hasCount(24);
    }
  }

  /** Case C17: a change against an incomplete week is not growth. */
  @Test
  void weeksThatAreCut_areDashedAndTold() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?period=custom&from=2026-10-29&to=2026-11-24&interval=week");
      assertLoaded(page);
      page.locator("#chart").focus();
      page.keyboard().press("Home");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile(".*part of the week"));
      page.keyboard().press("End");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile(".*so far"));
      assertThat(page.locator("#chart .part")).hasCount(1);
    }
  }

  /** Case C18. */
  @Test
  void allValues_thatAreNotAllNamed_endWithTheSumOfTheOthers() {
    read.figures().setOthers(3);
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "?all=pages");
      assertThat(page.locator("dialog tbody tr")).hasCount(50);
      page.locator("dialog .pager a").click();
      page.locator("dialog .pager a").last().click();
      assertThat(page.locator("dialog tbody tr")).hasCount(29);
      assertThat(page.locator("dialog tbody tr").last()).containsText("All other values");
    }
  }

  @Test
  void today_isDashedAndTold_andHoursToComeAreNoZeros() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      assertLoaded(page);
      assertThat(page.locator("#chart .part")).hasCount(1);
      page.locator("#chart").focus();
      page.keyboard().press("End");
      assertThat(page.locator("#chart"))
          .hasAttribute("aria-valuetext", Pattern.compile("Tue,? 24 Nov: .* Visitors.*so far"));
      page.keyboard().press("Escape");

      page.locator("#chart").blur();
      page.keyboard().press("d");
      assertThat(page.locator("#legend")).containsText("23 Nov");
      page.locator("#table").click();
      assertThat(page.locator("#points tbody tr").first()).containsText("–");
    }
  }

  @Test
  void theme_switched_staysAfterAReload() {
    try (Visitor visitor = visitor()) {
      Page page = open(visitor, "");
      page.locator("#theme").click();
      page.reload();

      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      page.locator("#theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "light");
    }
  }

  @Test
  void address_ofNonsense_showsWhatUsuallyIsShown() {
    try (Visitor visitor = visitor()) {
      Page page =
          open(
              visitor,
              "?period=constructor&date=2026-02-31&compare=x&metric=__proto__&interval=minute&f=x"
                  + "&f=toString:1&f=country:&pages=os&all=toString&page=-5&lang=xx-evil");
      assertLoaded(page);

      assertThat(page.locator("#period")).hasText("Last 30 days");
      assertThat(page.locator("#filters")).isHidden();
      assertThat(page.locator("html")).hasAttribute("lang", "en-GB");
    }
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, 1280", "LIGHT, 390", "DARK, 1280", "DARK, 390"})
  void everyState_isAccessible(ColorScheme colours, int width) {
    try (Visitor visitor = visitor(width, colours)) {
      visitor.expectInConsole(FAILURE);
      read.hold("stats");
      Page page = open(visitor, "");
      assertThat(page.locator("#pages .sk")).hasCount(8);
      assertAccessible(page, "loading");
      read.release();
      assertLoaded(page);

      Map<String, String> dialogs =
          Map.of("?", "Keyboard shortcuts", "c", "Custom range", "f", "Add a filter");
      dialogs.forEach(
          (key, title) -> {
            page.keyboard().press(key);
            assertThat(page.locator("dialog h2")).hasText(title);
            assertAccessible(page, title);
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
          });
      for (String menu : List.of("#sites", "details:has(#period)", "details:has(#more-list)")) {
        page.locator(menu + " > summary").click();
        assertThat(page.locator(menu + " .menu")).isVisible();
        assertAccessible(page, menu);
        page.keyboard().press("Escape");
        assertThat(page.locator(menu + " .menu")).isHidden();
      }
      page.navigate(read.dashboard("?all=pages&page=2"));
      assertThat(page.locator("dialog tbody tr")).hasCount(50);
      assertAccessible(page, "all values");
      page.navigate(read.dashboard("?f=browser:nobody"));
      assertThat(page.locator("#nothing")).isVisible();
      assertAccessible(page, "nothing found");

      read.failWith(500);
      page.keyboard().press("w");
      assertThat(page.locator("#trouble")).isVisible();
      assertAccessible(page, "old numbers");
      page.reload();
      assertThat(page.locator("#trouble")).isVisible();
      assertAccessible(page, "no numbers");
      read.failWith(0);
      read.setEmpty(true);
      page.reload();
      assertThat(page.locator("#empty")).isVisible();
      assertAccessible(page, "empty");
      read.require("open-sesame", "key");
      page.reload();
      assertThat(page.locator("dialog h2")).hasText("Sign in");
      assertAccessible(page, "sign in");
    }
  }

  private static Visitor visitor() {
    return visitor(1_280, ColorScheme.LIGHT);
  }

  private static Visitor visitor(int width, ColorScheme colours) {
    return chromium.visitor(
        new NewContextOptions()
            .setLocale("en-GB")
            .setTimezoneId("Europe/Berlin")
            .setColorScheme(colours)
            .setViewportSize(width, 900));
  }

  private Page open(Visitor visitor, String query) {
    Page page = visitor.context().newPage();
    page.clock().install(new Clock.InstallOptions().setTime(NOON.toString()));
    page.navigate(read.dashboard(query));
    return page;
  }

  private static void assertLoaded(Page page) {
    assertThat(page.locator("body")).hasClass("loaded");
    assertThat(page.locator("#numbers")).hasAttribute("aria-busy", "false");
  }

  private void awaitQuestion(Page page, String period, @Nullable String date) {
    page.waitForCondition(
        () ->
            read.asked().stream()
                .anyMatch(
                    question ->
                        question.startsWith("stats/aggregate")
                            && question.contains("period=" + period)
                            && (date == null
                                ? !question.contains("date=2")
                                : question.contains("date=" + date))));
  }

  private static void assertHarmless(Page page) {
    assertThat(page.evaluate("window.hostile")).isNull();
    assertThat(page.locator("main img, main script, [onerror], [onmouseover]")).hasCount(0);
    assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth")).isEqualTo(true);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
