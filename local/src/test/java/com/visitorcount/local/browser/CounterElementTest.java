package com.visitorcount.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The element {@code visitor-count}. */
@Timeout(60)
final class CounterElementTest {
  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Counts counts = scene.counts();
  private final Visitor visitor = scene.visitor();

  @ParameterizedTest
  @ValueSource(strings = {"/visitor-count.js", "/visitor-count.src.js"})
  void element_withAPage_showsItsCount(String file) {
    counts.set("main_page", "1234567");
    site.page("/a", site.script(file, api()), "<visitor-count page=main_page>many</visitor-count>");

    Page page = visitor.open(site.url("/a"));

    assertThat(element(page)).hasText("1,234,567");
    assertThat(counts.asked()).containsExactly(List.of("main_page"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9007199254740993                       | 9,007,199,254,740,993",
        "99999999999999999999999999999999999999 | 99,999,999,999,999,999,999,999,999,999,999,999,999",
        "0                                      | 0"
      })
  void count_ofAnySize_isExact(String digits, String shown) {
    counts.set("a", digits);
    counts.set("b", digits);

    Page one = open("<visitor-count page=a></visitor-count>");
    assertThat(element(one)).hasText(shown);
    Page two = open("<visitor-count page=a></visitor-count><visitor-count page=b></visitor-count>");
    assertThat(element(two)).hasText(new String[] {shown, shown});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"de | 1.234.567", "en_GB | 1,234,567", "'' | 1,234,567", "hi | 12,34,567"})
  void number_isWrittenInTheLanguageOfThePage(String language, String shown) {
    counts.set("a", "1234567");

    Page page = open("<p lang='" + language + "'><visitor-count page=a></visitor-count>");

    assertThat(element(page)).hasText(shown);
  }

  @Test
  void language_thatIsNone_spoilsOnlyItsOwnElement() {
    counts.set("a", "1234");

    Page page =
        open(
            "<p lang='-'><visitor-count page=a>many</visitor-count></p>"
                + "<p lang='de'><visitor-count page=a>many</visitor-count></p>");

    assertThat(element(page)).hasText(new String[] {"many", "1.234"});
  }

  @Test
  void element_withoutPage_asksForThePageItStandsOn() {
    String address = site.url("/a?x=1");
    counts.set(address, "7");
    site.page("/a", site.script("/visitor-count.js", api()), "<visitor-count></visitor-count>");

    Page page = visitor.open(address + "#top");

    assertThat(element(page)).hasText("7");
  }

  @Test
  void scriptWithoutApi_asksTheFolderThatItCameFrom() {
    site.copy("/visitor-count.js", "/stats/counter.js");
    site.page("/stats/", "no count");
    site.page(
        "/a",
        site.script("/stats/counter.js", ""),
        "<visitor-count page=main_page>many</visitor-count>");
    Page page = visitor.context().newPage();

    String asked = page.waitForRequest("**/stats/?**", () -> page.navigate(site.url("/a"))).url();

    assertThat(asked).isEqualTo(site.url("/stats/?page=main_page"));
  }

  @Test
  void manyElements_askInOneRequest() {
    counts.set("p1", "1");
    counts.set("p50", "50");

    Page page = open(elements(50));

    assertThat(element(page).nth(49)).hasText("50");
    assertThat(element(page).nth(0)).hasText("1");
    assertThat(counts.asked()).hasSize(1);
  }

  @Test
  void moreElementsThanFitIntoARequest_askInAsFewAsPossible() {
    counts.set("p101", "101");

    Page page = open(elements(101));

    assertThat(element(page).nth(100)).hasText("101");
    assertThat(element(page).nth(0)).hasText("0");
    assertThat(counts.asked()).extracting(List::size).containsExactlyInAnyOrder(50, 50, 1);
  }

  @Test
  void pages_withOddNames_getTheirOwnCounts() {
    List<String> names = List.of("a\":12,\"b", "c:3}", "d\\", "é/ж?x=1&page=y", "__proto__");
    for (int i = 0; i < names.size(); i++) {
      counts.set(names.get(i), "90071992547409" + i);
    }
    Page page = open("<p id=here>");

    page.evaluate(
        """
        names => {
          for (const name of names) {
            const element = document.createElement('visitor-count')
            element.setAttribute('page', name)
            here.append(element)
          }
        }""",
        names);

    assertThat(element(page))
        .hasText(
            new String[] {
              "900,719,925,474,090",
              "900,719,925,474,091",
              "900,719,925,474,092",
              "900,719,925,474,093",
              "900,719,925,474,094"
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500 | {\"status\":500}",
        "400 | {\"status\":400,\"count\":\"none\"}",
        "200 | <p>a proxy's page",
        "200 | {}",
        "200 | ''"
      })
  void answer_isNoCount_contentStays(int status, String body) {
    if (status != 200) {
      visitor.expectInConsole("status of " + status);
    }
    counts.failWith(status, body);
    String tags = "<visitor-count page=a>very <b>many</b></visitor-count>";

    Page page = open(tags);
    page.waitForResponse(counts.url() + "**", () -> page.reload());
    afterAnswers(page);

    assertThat(element(page).innerHTML()).isEqualTo("very <b>many</b>");
  }

  @Test
  void network_fails_contentStays() {
    visitor.expectInConsole("net::ERR_CONNECTION_REFUSED");
    String script = site.script("/visitor-count.js", api());
    counts.close();
    site.page("/a", script, "<visitor-count page=a>many</visitor-count>");

    Page page = visitor.context().newPage();
    page.waitForConsoleMessage(() -> page.navigate(site.url("/a")));
    afterAnswers(page);

    assertThat(element(page)).hasText("many");
  }

  @Test
  void attribute_changes_showsTheOtherCount() {
    counts.set("a", "1");
    counts.set("b", "2");
    Page page = open("<visitor-count page=a></visitor-count>");
    assertThat(element(page)).hasText("1");

    element(page).evaluate("element => element.setAttribute('page', 'b')");

    assertThat(element(page)).hasText("2");
  }

  @Test
  void element_addedLater_showsItsCount() {
    counts.set("a", "5");
    Page page = open("<p id=here>");

    page.evaluate("here.innerHTML = '<visitor-count page=a></visitor-count>'");

    assertThat(element(page)).hasText("5");
  }

  @Test
  void element_inAPageNotSeen_asksWhenItIs() {
    visitor.with(
        "Object.defineProperty(document, 'visibilityState',"
            + " { get: () => window.shown ? 'visible' : 'hidden' })");
    counts.set("a", "5");

    Page page = open("<visitor-count page=a>many</visitor-count>");
    afterAnswers(page);
    assertThat(counts.asked()).isEmpty();
    page.evaluate("shown = true; document.dispatchEvent(new Event('visibilitychange'))");

    assertThat(element(page)).hasText("5");
  }

  @Test
  void element_isTextOfThePage_styledByItAndSilent() {
    counts.set("a", "5");

    Page page =
        open(
            "<style>visitor-count { color: rgb(1, 2, 3) }</style>"
                + "<visitor-count page=a></visitor-count>");

    assertThat(element(page)).hasText("5");
    assertThat(element(page)).hasCSS("color", "rgb(1, 2, 3)");
    assertThat(element(page).evaluate("element => element.getAttributeNames()"))
        .isEqualTo(List.of("page"));
  }

  @Test
  void script_twice_isNoError() {
    counts.set("a", "5");
    site.page(
        "/a",
        site.script("/visitor-count.js", api()),
        site.script("/visitor-count.js", api()),
        "<visitor-count page=a></visitor-count>");

    Page page = visitor.open(site.url("/a"));

    assertThat(element(page)).hasText("5");
    assertThat(counts.asked()).hasSize(1);
  }

  @Test
  void elementThatCounts_countsOnceAndThenReads() {
    collector.onView((what, times) -> counts.set(what, String.valueOf(40 + times)));
    site.page(
        "/a",
        site.tracker(collector, "data-exclude=/"),
        site.script("/visitor-count.js", api()),
        "<p><visitor-count page=main_page count>many</visitor-count></p><p id=there>");

    Page page = visitor.open(site.url("/a"));
    assertThat(element(page)).hasText("41");
    page.evaluate("there.append(document.querySelector('visitor-count'))");
    element(page).evaluate("element => element.setAttribute('page', 'main_page')");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("main_page");
    assertThat(collector.views().get(0).text("page")).isEqualTo("main_page");
    assertThat(element(page)).hasText("41");
  }

  @Test
  void elementThatCounts_visitorHasOptedOut_onlyReads() {
    counts.set("a", "5");
    visitor.with("try { localStorage.visitorCount = 'off' } catch {}");
    site.page(
        "/a",
        site.tracker(collector, ""),
        site.script("/visitor-count.js", api()),
        "<visitor-count page=a count>many</visitor-count>");

    Page page = visitor.open(site.url("/a"));

    assertThat(element(page)).hasText("5");
    assertThat(collector.requests()).isEmpty();
  }

  @Test
  void elementThatCounts_withoutTracker_onlyReads() {
    counts.set("a", "5");

    Page page = open("<visitor-count page=a count>many</visitor-count>");

    assertThat(element(page)).hasText("5");
  }

  private String api() {
    return "data-api='" + counts.url() + "'";
  }

  private Page open(String body) {
    return visitor.open(site.page("/a", site.script("/visitor-count.js", api()), body));
  }

  private static Locator element(Page page) {
    return page.locator("visitor-count");
  }

  private static String elements(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "<visitor-count page=p" + i + "></visitor-count>")
        .collect(joining());
  }

  /** All effects of an answer have happened once a later task has run. */
  private static void afterAnswers(Page page) {
    page.evaluate("new Promise(resolve => setTimeout(() => setTimeout(resolve)))");
  }
}
