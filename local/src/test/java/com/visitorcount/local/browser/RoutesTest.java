package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts as a new view in a single-page application, and what does not. */
@Timeout(60)
final class RoutesTest {
  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Visitor visitor = scene.visitor();

  @Test
  void pushState_anotherPath_isAView() {
    Page page = application("");

    page.evaluate("history.pushState(null, '', '/b')");
    page.evaluate("history.pushState(null, '', '/c?x=1')");

    assertViewed(page, "/a", "/b", "/c?x=1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "history.pushState(null, '', '/a')",
        "history.pushState(null, '', '/a?x=1')",
        "history.pushState(null, '', '/a#part')",
        "history.pushState({state: 1}, '')",
        "history.replaceState(null, '', '/b')",
        "history.replaceState(null, '', '/a?x=2')",
        "location.hash = 'part'"
      })
  void sameView_underAnotherAddress_isNone(String change) {
    Page page = application("");

    page.evaluate(change);

    assertViewed(page, "/a");
  }

  @Test
  void anchor_clickedAndBack_isNoView() {
    Page page = application("");

    page.click("#anchor");
    page.goBack();
    page.goForward();

    assertViewed(page, "/a");
  }

  @Test
  void back_toAnotherPath_isOneView() {
    Page page = application("");
    page.evaluate("history.pushState(null, '', '/b')");

    page.goBack();
    page.goForward();

    assertViewed(page, "/a", "/b", "/a", "/b");
  }

  @Test
  void back_amongQueriesOfOnePath_isNone() {
    Page page = application("");
    page.evaluate("history.pushState(null, '', '/a?x=1')");

    page.goBack();

    assertViewed(page, "/a");
  }

  @Test
  void firstRoute_pushedOnLoad_isCountedOnce() {
    Page page = application("", "<script>history.pushState(null, '', location.href)</script>");

    assertViewed(page, "/a");
  }

  @Test
  void pushState_backToThePathBeforeAReplacement_isAView() {
    Page page = application("");

    page.evaluate("history.replaceState(null, '', '/login')");
    page.evaluate("history.pushState(null, '', '/a')");

    assertViewed(page, "/a", "/a");
  }

  @Test
  void pushState_thatTheBrowserRefuses_failsAsWithoutTrackerAndIsNoView() {
    Page page = application("");

    Object error =
        page.evaluate(
            "() => { try { history.pushState(() => {}, '', '/b') } catch (e) { return e.name } }");

    assertThat(error).isEqualTo("DataCloneError");
    assertViewed(page, "/a");
  }

  @Test
  void pushState_byAnApplicationThatWrapsIt_isOneView() {
    Page page = application("");

    page.evaluate(
        """
        () => {
          const { pushState } = history
          history.pushState = function (...args) { return pushState.apply(this, args) }
          history.pushState({ n: 1 }, '', '/b')
        }""");

    assertThat(page.evaluate("history.state")).isEqualTo(Map.of("n", 1));
    assertViewed(page, "/a", "/b");
  }

  @Test
  void hash_withoutTheOption_isNoRoute() {
    Page page = application("");

    page.evaluate("location.hash = '/about'");

    assertViewed(page, "/a");
  }

  @Test
  void hash_withTheOption_isTheRoute() {
    Page page = application("data-hash");

    page.evaluate("location.hash = '/about'");
    page.evaluate("history.pushState(null, '', '#/team?tab=1')");
    page.evaluate("history.pushState(null, '', '#/team?tab=2')");
    page.evaluate("history.replaceState(null, '', '#/elsewhere')");

    assertViewed(page, "/a", "/a/about", "/a/team");
  }

  @Test
  void hash_back_isOneView() {
    Page page = application("data-hash");
    page.evaluate("location.hash = '/about'");

    page.goBack();

    assertViewed(page, "/a", "/a/about", "/a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/admin         | /a /b",
        "/admin/        | /a /admin /b",
        "'  /x  /admin '| /a /b",
        "''             | /a /admin /admin/users /b",
        "/a             | /b"
      })
  void excludedPaths_andAllThatBeginWithThem_areNotCounted(String exclude, String counted) {
    Page page = application("data-exclude='" + exclude + "'");

    page.evaluate("history.pushState(null, '', '/admin')");
    page.evaluate("history.pushState(null, '', '/admin/users')");
    page.evaluate("history.pushState(null, '', '/b')");

    assertViewed(page, counted.split(" "));
  }

  @Test
  void excludedRoot_leavesOnlyWhatIsCountedByHand() {
    Page page = application("data-exclude='/'");

    page.evaluate("history.pushState(null, '', '/b')");
    page.evaluate("visitorCount('by-hand')");

    assertViewed(page, "by-hand");
  }

  @Test
  void referrer_ofALanding_isToldOnce() {
    site.page("/from", "<a href='" + site.url("/a") + "'>go</a>");
    site.page("/c", site.tracker(collector, ""));
    site.page("/a", site.tracker(collector, ""));
    site.page("/far", "<p>far away");

    Page page = visitor.open(site.url("elsewhere.test", "/from?secret=1"));
    page.click("a");
    collector.awaitRequests(1);
    page.evaluate("history.pushState(null, '', '/b')");
    collector.awaitRequests(2);
    page.evaluate("history.pushState(null, '', '/c')");
    collector.awaitRequests(3);
    page.reload();
    collector.awaitRequests(4);
    page.navigate(site.url("/far"));
    page.goBack();
    collector.awaitRequests(5);
    page.evaluate("history.back()");
    page.waitForURL("**/b");
    Visitor.settle(page, collector);

    String elsewhere = site.url("elsewhere.test", "/").replaceFirst("/$", "");
    String own = site.url("/").replaceFirst("/$", "");
    assertThat(collector.viewed()).containsExactly("/a", "/b", "/c", "/c", "/c", "/b");
    assertThat(collector.views())
        .extracting(view -> view.text("referrer"))
        .containsExactly(elsewhere, own, own, own, own, own);
  }

  private Page application(String attributes, String... more) {
    site.page(
        "/a",
        site.tracker(collector, attributes),
        "<a id=anchor href='#part'>part</a><p id=part>part",
        String.join("\n", more));
    return visitor.open(site.url("/a"));
  }

  private void assertViewed(Page page, String... expected) {
    Visitor.settle(page, collector);
    assertThat(collector.viewed()).containsExactlyInAnyOrder(expected);
  }
}
