package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A page is viewed once it is seen: tabs in the background. Driven pages are never hidden, so they
 * pretend.
 */
@Timeout(60)
final class SeenTest {
  private static final String IN_THE_BACKGROUND =
      """
      window.showTab = shown => {
        Object.defineProperty(document, 'hidden', { configurable: true, value: !shown })
        Object.defineProperty(document, 'visibilityState',
          { configurable: true, value: shown ? 'visible' : 'hidden' })
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
      }
      showTab(false)""";

  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Visitor visitor = scene.visitor().with(IN_THE_BACKGROUND);

  @Test
  void tab_shownLater_countsWhenItIsFirstShown() {
    Page page = open();
    Visitor.settle(page, collector);
    assertThat(collector.requests()).isEmpty();

    for (int time = 0; time < 3; time++) {
      page.evaluate("showTab(true)");
      page.evaluate("showTab(false)");
    }
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void page_prerendered_countsWhenItIsActivated() {
    try (Visitor other = chromium.visitor()) {
      other.with(
          "Object.defineProperty(document, 'prerendering', { get: () => !window.activated })");
      Page page = other.open(site.page("/a", site.tracker(collector, "")));
      page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
      Visitor.settle(page, collector);
      assertThat(collector.requests()).isEmpty();

      page.evaluate("activated = true; document.dispatchEvent(new Event('prerenderingchange'))");
      Visitor.settle(page, collector);
    }
    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void tab_neverShown_isNotCounted() {
    open().close();

    Visitor.settle(visitor.open(site.page("/other")), collector);

    assertThat(collector.requests()).isEmpty();
  }

  @Test
  void tab_thatChangesItsRouteInTheBackground_countsTheRouteThatIsSeen() {
    Page page = open();
    page.evaluate("history.pushState(null, '', '/b')");
    page.evaluate("history.replaceState(null, '', '/c')");
    page.evaluate("showTab(true)");
    page.evaluate("showTab(false)");
    page.evaluate("history.pushState(null, '', '/d')");
    page.evaluate("history.replaceState(null, '', '/e')");
    page.evaluate("showTab(true)");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/c", "/e");
  }

  private Page open() {
    site.page("/a", site.tracker(collector, ""));
    return visitor.open(site.url("/a"));
  }
}
