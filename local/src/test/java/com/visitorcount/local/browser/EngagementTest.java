package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long views are visible and how far they are scrolled, from the tracker to the statistics. A
 * driven browser shows all its tabs, so pages hide themselves; the test controls the time.
 */
@Timeout(60)
final class EngagementTest {
  private static final String OWN_TIME =
      """
      let time = 0
      performance.now = () => time
      window.pass = seconds => { time += 1000 * seconds }
      window.showTab = shown => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: !shown })
        Object.defineProperty(document, 'visibilityState',
          { configurable: true, value: shown ? 'visible' : 'hidden' })
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      }""";

  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Visitor visitor = scene.visitor().with(OWN_TIME);

  @Test
  void view_hiddenTwice_hasItsVisibleTimeAndDeepestScrollInTheStatistics() throws Exception {
    Page page = open("data-engagement");
    collector.awaitAnswered(1);

    page.evaluate("pass(12); showTab(false)");
    collector.awaitAnswered(2);
    page.evaluate("pass(600); showTab(true)");
    scroll(page, 1_800);
    scroll(page, 500);
    page.evaluate("pass(18); showTab(false)");
    collector.awaitAnswered(3);

    assertThat(said()).containsExactly("/a 12000 20", "/a 30000 70");
    assertThat(scene.counted("/a")).isEqualTo("1");
    stack.runner().settle();
    assertThat(
            get(
                "/api/v1/stats/breakdown?property=event:page&period=day&metrics=visitors,pageviews,"
                    + "time_on_page,scroll_depth&site_id="
                    + URI.create(site.url("/")).getAuthority()))
        .isEqualTo(
            "{\"results\":[{\"page\":\"/a\",\"visitors\":1,\"pageviews\":1,"
                + "\"time_on_page\":30,\"scroll_depth\":70}],\"total\":1}");
  }

  @Test
  void routes_eachHaveTheirOwnTime() {
    Page page = open("data-engagement data-exclude=/admin");

    page.evaluate("pass(5); history.replaceState(null, '', '/a?tab=2')");
    page.evaluate("pass(5); history.replaceState(null, '', '/elsewhere')");
    page.evaluate("pass(5); history.pushState(null, '', '/b')");
    page.evaluate("pass(2); history.pushState(null, '', '/admin')");
    page.evaluate("pass(9); history.pushState(null, '', '/b')");
    page.evaluate("pass(3)");
    page.goBack();
    page.goBack();
    page.evaluate("pass(4); location.hash = 'part'; pass(4); showTab(false)");
    Visitor.settle(page, collector);

    assertThat(said()).containsExactly("/a 15000 20", "/b 2000 20", "/b 3000 20", "/b 8000 20");
  }

  @Test
  void route_changedInTheBackground_beginsWhenItIsSeen() {
    Page page = open("data-engagement");

    page.evaluate("pass(5); showTab(false); pass(60); history.pushState(null, '', '/b')");
    page.evaluate("pass(60); showTab(true); pass(7); showTab(false)");
    Visitor.settle(page, collector);

    assertThat(said()).containsExactly("/a 5000 20", "/b 7000 20");
  }

  @Test
  void page_restoredByTheBrowser_isAnotherView() {
    Page page = open("data-engagement");

    page.evaluate("pass(5); showTab(false); pass(60); showTab(true)");
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
    page.evaluate("pass(7); showTab(false)");
    Visitor.settle(page, collector);

    assertThat(said()).containsExactly("/a 5000 20", "/a 7000 20");
  }

  @Test
  void message_isSentOnlyIfItSaysMore() {
    Page page = open("data-engagement");

    for (int time = 0; time < 3; time++) {
      page.evaluate("pass(0.4); showTab(false); pass(60); showTab(true)");
    }
    page.evaluate("pass(0.3); showTab(false)");
    Visitor.settle(page, collector);

    assertThat(said()).containsExactly("/a 400 20", "/a 1500 20");
  }

  @Test
  void engagement_isOffByDefaultAndForWhomIsNotCounted() {
    Page plain = open("");
    plain.evaluate("pass(5); showTab(false)");
    Visitor.settle(plain, collector);
    Page page = open("data-engagement");
    Visitor.settle(page, collector);
    page.evaluate("localStorage.visitorCount = 'off'; pass(5); showTab(false)");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a", "/a");
  }

  /** A page of 3,600 pixels in a window of 720. */
  private Page open(String attributes) {
    site.page(
        "/a",
        site.script("/v.full.js", "data-api='" + collector.url() + "' " + attributes),
        "<style>body { margin: 0; height: 3600px }</style>");
    return visitor.open(site.url("/a"));
  }

  /** Returns when the page has been notified. */
  private static void scroll(Page page, int pixels) {
    page.evaluate(
        "top => new Promise(done => {"
            + "  addEventListener('scroll', done, { once: true });"
            + "  scrollTo(0, top)"
            + "})",
        pixels);
  }

  /** The messages in order of arrival: path, milliseconds, percent. */
  private List<String> said() {
    return collector.views().stream()
        .filter(view -> view.body().has("engaged"))
        .map(
            view ->
                view.what()
                    + " "
                    + view.body().path("engaged").asInt()
                    + " "
                    + view.body().path("scroll").asInt())
        .toList();
  }

  private static String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(stack.read().resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }
}
