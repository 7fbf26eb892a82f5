package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.NavigateOptions;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the tracker sends, and how. */
@Timeout(120)
final class TrackerTest {
  /** Records uses of timers, and makes time run a hundred times as fast. */
  private static final String FAST_TIMERS =
      """
      window.waits = []
      const { setTimeout } = window
      window.setTimeout = (task, millis, ...rest) => {
        waits.push(millis)
        return setTimeout(task, millis / 100, ...rest)
      }\
      """;

  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Visitor visitor = scene.visitor();

  @ParameterizedTest
  @ValueSource(strings = {"/v.js", "/v.src.js"})
  void page_opened_isOneViewInOneSimpleRequestWithoutCookies(String file) {
    site.page("/a", site.script(file, "data-api='" + collector.url() + "'"));
    visitor.context().addCookies(List.of(new Cookie("a", "b").setUrl(collector.url())));

    Page page = visitor.open(site.url("/a?x=1#top"));
    Visitor.settle(page, collector);

    assertThat(collector.requests()).hasSize(1);
    View view = collector.requests().get(0);
    assertThat(view.path()).isEqualTo("/");
    assertThat(view.headers())
        .containsEntry("content-type", "text/plain;charset=UTF-8")
        .containsEntry("origin", site.url("/").replaceFirst("/$", ""))
        .doesNotContainKey("cookie");
    assertThat(view.text("url")).isEqualTo(site.url("/a?x=1"));
    assertThat(view.text("page")).isNull();
    assertThat(view.text("referrer")).isEmpty();
    assertThat(collector.preflights()).isEmpty();
  }

  @Test
  void page_openedTwiceOnPlainHttp_hasTwoIdsThatTheServerTakes() {
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    boolean secure = (boolean) page.evaluate("isSecureContext");
    page.reload();
    Visitor.settle(page, collector);

    assertThat(secure).isFalse();
    assertThat(collector.views())
        .hasSize(2)
        .allSatisfy(view -> assertThat(view.id()).matches("[!-~]{1,64}"));
  }

  @ParameterizedTest
  @CsvSource({"390, Asia/Tokyo, 1", "1024, Europe/Berlin, 4", "2560, America/St_Johns, 10"})
  void page_opened_tellsTimeZoneAndWidthClass(int width, String timeZone, int widthClass) {
    NewContextOptions screen =
        new NewContextOptions().setViewportSize(width, 800).setTimezoneId(timeZone);
    try (Visitor reader = chromium.visitor(screen)) {
      site.page("/a", site.tracker(collector, ""));

      Visitor.settle(reader.open(site.url("/a")), collector);

      assertThat(collector.views()).hasSize(1);
      assertThat(collector.views().get(0).text("tz")).isEqualTo(timeZone);
      assertThat(collector.views().get(0).body().path("w").intValue()).isEqualTo(widthClass);
    }
  }

  @Test
  void page_withAPageOfItsOwn_isCountedAsThat() {
    site.page("/a", site.tracker(collector, "data-page='main_page'"));

    Visitor.settle(visitor.open(site.url("/a")), collector);

    assertThat(collector.views()).hasSize(1);
    assertThat(collector.views().get(0).text("page")).isEqualTo("main_page");
    assertThat(collector.views().get(0).text("url")).isEqualTo(site.url("/a"));
  }

  @Test
  void tag_otherEndpointAndOtherFileName_countsThere() {
    site.copy("/v.js", "/own-name.js");
    site.page("/a", site.script("/own-name.js", "data-api='" + collector.url() + "own/path'"));

    Visitor.settle(visitor.open(site.url("/a")), collector);

    assertThat(collector.views()).hasSize(1);
    assertThat(collector.views().get(0).path()).isEqualTo("/own/path");
  }

  @Test
  void page_thatForbidsReferrers_tellsItsAddressAllTheSame() {
    site.page("/a", "<meta name=referrer content=no-referrer>", site.tracker(collector, ""));

    Visitor.settle(visitor.open(site.url("/a")), collector);

    assertThat(collector.viewed()).containsExactly("/a");
    assertThat(collector.views().get(0).headers()).doesNotContainKey("referer");
  }

  @Test
  void address_withAVeryLongQuery_fitsIntoABody() {
    site.page("/a", site.tracker(collector, ""));

    Visitor.settle(visitor.open(site.url("/a?utm_source=x&q=" + "q".repeat(30_000))), collector);

    assertThat(collector.views()).hasSize(1);
    assertThat(collector.views().get(0).body().toString().length()).isLessThan(8_192);
    assertThat(collector.viewed().get(0)).startsWith("/a?utm_source=x&q=");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 0})
  void answer_failsAgainAndAgain_isTriedThreeTimesMoreWithTheSameId(int status) {
    visitor.with(FAST_TIMERS);
    visitor.expectInConsole("Failed to load resource");
    collector.failWith(status, number -> true);
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    List<View> requests = collector.awaitRequests(4);
    // nothing follows the last answer: time continues for another 8 s
    page.evaluate("new Promise(resolve => window.setTimeout(resolve, 9999))");
    Visitor.settle(page, collector);

    assertThat(page.evaluate("waits")).isEqualTo(List.of(500, 2000, 8000, 9999));
    assertThat(requests).extracting(View::id).containsOnly(requests.get(0).id());
    assertThat(requests).extracting(View::body).containsOnly(requests.get(0).body());
    assertThat(collector.requests()).hasSize(4);
  }

  @Test
  void firstAnswer_isLost_countsOnce() {
    visitor.with(FAST_TIMERS);
    visitor.expectInConsole("net::ERR_EMPTY_RESPONSE");
    collector.loseAnswers(number -> number == 1);
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    collector.awaitRequests(2);
    Visitor.settle(page, collector);

    assertThat(page.evaluate("waits")).isEqualTo(List.of(500));
    assertThat(collector.requests()).hasSize(2);
    assertThat(collector.viewed()).containsExactly("/a");
    assertThat(scene.counted("/a")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 404, 413})
  void answer_isARefusal_isNotTriedAgain(int status) {
    visitor.with(FAST_TIMERS);
    visitor.expectInConsole("Failed to load resource: .* status of " + status);
    collector.failWith(status, number -> true);
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    page.evaluate("visitorCount('by-hand')");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a", "by-hand");
    assertThat(page.evaluate("waits")).isEqualTo(List.of());
  }

  @Test
  void answer_takesAMinute_isWaitedForAndNotAskedForAgain() {
    collector.hold();
    site.page("/a", site.tracker(collector, ""));
    Page page = visitor.context().newPage();
    page.clock().install();
    List<String> failed = new ArrayList<>();
    page.onRequestFailed(request -> failed.add(request.url()));
    page.navigate(site.url("/a"));
    collector.awaitRequests(1);
    page.clock().runFor(60_000);
    Visitor.settle(page, collector);
    page.waitForRequestFinished(collector::release);
    page.clock().runFor(60_000);
    Visitor.settle(page, collector);

    assertThat(failed).isEmpty();
    assertThat(collector.requests()).hasSize(1);
  }

  @Test
  void request_outlivesThePage() {
    visitor.with(
        """
        const { fetch } = window
        window.fetch = (url, options) => {
          window.keptAlive = options.keepalive
          return fetch(url, options)
        }\
        """);

    Page page = visitor.open(site.page("/a", site.tracker(collector, "")));

    assertThat(page.evaluate("keptAlive")).isEqualTo(true);
  }

  @Test
  void visitor_leavesAtOnce_isCounted() {
    collector.hold();
    site.page("/elsewhere", "<p>elsewhere");
    site.page(
        "/a",
        site.tracker(collector, ""),
        "<script defer src='data:text/javascript,location.replace(`/elsewhere`)'></script>");

    Page page = visitor.context().newPage();
    page.navigate(site.url("/a"), new NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
    page.waitForURL("**/elsewhere");
    collector.awaitRequests(1);
    collector.release();
    Visitor.settle(page, collector);

    assertThat(collector.requests()).hasSize(1);
    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void visitor_closesTheTabAtOnce_isCounted() {
    site.page("/a", site.tracker(collector, ""));

    visitor.open(site.url("/a")).close();

    collector.awaitRequests(1);
    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void twoHundredVisits_everyTenthAnswerLost_areTwoHundred() {
    visitor.with(FAST_TIMERS);
    visitor.expectInConsole("net::ERR_EMPTY_RESPONSE");
    collector.loseAnswers(number -> number % 10 == 3);
    site.page("/a", site.tracker(collector, ""));
    Page page = visitor.context().newPage();

    for (int visit = 1; visit <= 200; visit++) {
      page.navigate(site.url("/a"));
      collector.awaitAnswered(visit);
    }
    Visitor.settle(page, collector);

    assertThat(collector.views()).hasSize(200);
    assertThat(scene.counted("/a")).isEqualTo("200");
    assertThat(collector.requests()).hasSizeGreaterThan(220);
  }

  @Test
  void visitorCount_called_countsByHand() {
    site.page("/a", site.tracker(collector, ""), "<button>count</button>");

    Page page = visitor.open(site.url("/a"));
    page.evaluate("visitorCount('download/manual.pdf')");
    page.evaluate("visitorCount()");
    page.evaluate("void (document.querySelector('button').onclick = visitorCount)");
    page.click("button");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a", "download/manual.pdf", "/a", "/a");
  }

  @Test
  void visitorCount_called_promisesTheAnswer() {
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    page.evaluate("visitorCount('b')");

    assertThat(collector.viewed()).containsExactly("/a", "b");
  }

  @Test
  void tag_twice_countsOnceAndWarns() {
    visitor.expectInConsole("warning: VisitorCount twice");
    site.page("/a", site.tracker(collector, ""), site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    page.evaluate("history.pushState(null, '', '/b')");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a", "/b");
  }

  @Test
  void element_withTheNameOfTheFunction_isNoSecondTag() {
    site.page("/a", site.tracker(collector, ""), "<p id=visitorCount>0</p>");

    Visitor.settle(visitor.open(site.url("/a")), collector);

    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void network_fails_noErrorReachesThePage() {
    visitor.with(FAST_TIMERS);
    visitor.expectInConsole("net::ERR_CONNECTION_REFUSED");
    String nowhere = collector.url();
    collector.close();
    site.page(
        "/a",
        "<script>",
        "  window.errors = []",
        "  addEventListener('error', event => errors.push(event.message))",
        "  addEventListener('unhandledrejection', event => errors.push('' + event.reason))",
        "</script>",
        site.script("/v.js", "data-api='" + nowhere + "'"));

    Page page = visitor.open(site.url("/a"));
    page.waitForFunction("waits.length == 3");

    assertThat(page.evaluate("errors")).isEqualTo(List.of());
  }

  @Test
  void fetch_thatAPageHasBroken_noErrorReachesThePage() {
    visitor.with(FAST_TIMERS);
    visitor.with("window.fetch = () => { throw new Error('broken') }");
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    page.waitForFunction("waits.length == 3");
    Visitor.settle(page, collector);

    assertThat(collector.requests()).isEmpty();
  }
}
