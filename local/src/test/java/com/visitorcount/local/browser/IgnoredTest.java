package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom and what the tracker does not count, and how to ask it to. */
@Timeout(60)
final class IgnoredTest {
  @AutoClose private static final LocalStack stack = TestStack.start(Map.of());
  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Collector collector = scene.collector();
  private final Visitor visitor = scene.visitor();

  @Test
  void browser_thatSaysItIsAutomated_isIgnored() {
    try (Chromium automated = Chromium.automated();
        Visitor robot = automated.visitor()) {
      Page page = robot.open(site.page("/a", site.tracker(collector, "data-local")));
      page.evaluate("visitorCount('by-hand')");
      Visitor.settle(page, collector);

      assertThat(page.evaluate("navigator.webdriver")).isEqualTo(true);
    }
    assertThat(collector.requests()).isEmpty();
  }

  @Test
  void browser_thatATestDrives_isIgnored() {
    visitor.with("window.Cypress = {}");

    Visitor.settle(visitor.open(site.page("/a", site.tracker(collector, ""))), collector);

    assertThat(collector.requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "shop.localhost"})
  void ownMachine_isIgnoredUnlessAsked(String host) {
    site.page("/a", site.tracker(collector, ""));
    site.page("/asked", site.tracker(collector, "data-local"));

    Visitor.settle(visitor.open(site.url(host, "/a")), collector);
    Visitor.settle(visitor.open(site.url(host, "/asked")), collector);

    assertThat(collector.viewed()).containsExactly("/asked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.shop.test", "localhost.test", "my-localhosts.test"})
  void site_whoseNameOnlyLooksLikeThat_isCounted(String host) {
    site.page("/a", site.tracker(collector, ""));

    Visitor.settle(visitor.open(site.url(host, "/a")), collector);

    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void file_isIgnoredUnlessAsked(@TempDir Path folder) throws IOException {
    Path ignored = Files.writeString(folder.resolve("a.html"), site.tracker(collector, ""));
    Path asked =
        Files.writeString(
            folder.resolve("b.html"), site.tracker(collector, "data-local data-page=leaflet"));

    Visitor.settle(visitor.open(ignored.toUri().toString()), collector);
    Visitor.settle(visitor.open(asked.toUri().toString()), collector);

    assertThat(collector.viewed()).containsExactly("leaflet");
    assertThat(collector.views().get(0).headers()).containsEntry("origin", "null");
  }

  @Test
  void frame_isIgnoredUnlessAsked() {
    site.page("/a", site.tracker(collector, ""));
    site.page("/asked", site.tracker(collector, "data-frames"));
    site.page("/host", "<iframe src=/a></iframe><iframe src=/asked></iframe>");

    Visitor.settle(visitor.open(site.url("/host")), collector);

    assertThat(collector.viewed()).containsExactly("/asked");
  }

  @Test
  void sandboxedFrame_withoutStorage_isCountedWhenAsked() {
    site.page(
        "/asked",
        site.tracker(collector, "data-frames"),
        "<script>try { localStorage } catch (e) { parent.postMessage(e.name, '*') }</script>");
    site.page(
        "/host",
        "<script>addEventListener('message', event => { window.told = event.data })</script>",
        "<iframe sandbox=allow-scripts src=/asked></iframe>");

    Page page = visitor.open(site.url("/host"));
    Visitor.settle(page, collector);

    assertThat(page.evaluate("told")).isEqualTo("SecurityError");
    assertThat(collector.viewed()).containsExactly("/asked");
    assertThat(collector.views().get(0).headers()).containsEntry("origin", "null");
  }

  @Test
  void storage_thatThrows_isNoOptOut() {
    visitor.with(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })");

    Visitor.settle(visitor.open(site.page("/a", site.tracker(collector, ""))), collector);

    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void visitor_whoHasOptedOut_isIgnoredUntilTheyComeBack() {
    site.page("/a", site.tracker(collector, ""));

    Page page = visitor.open(site.url("/a"));
    page.evaluate("localStorage.visitorCount = 'off'");
    page.evaluate("history.pushState(null, '', '/b')");
    page.evaluate("visitorCount('by-hand')");
    page = visitor.open(site.url("/a?again"));
    Visitor.settle(page, collector);
    assertThat(collector.viewed()).containsExactly("/a");

    page.evaluate("localStorage.removeItem('visitorCount')");
    page.evaluate("history.pushState(null, '', '/c')");
    Visitor.settle(page, collector);

    assertThat(collector.viewed()).containsExactly("/a", "/c");

    // by a URL, for those without developer tools
    visitor.open(site.url("/a#visitorcount-off"));
    page = visitor.open(site.url("/a?once-more"));
    Visitor.settle(page, collector);
    assertThat(collector.viewed()).containsExactly("/a", "/c");
    page = visitor.open(site.url("/a?back#visitorcount-on"));
    Visitor.settle(page, collector);
    assertThat(collector.viewed()).containsExactly("/a", "/c", "/a?back");
  }

  @ParameterizedTest
  @ValueSource(strings = {"doNotTrack: '1'", "globalPrivacyControl: true"})
  void wishNotToBeTracked_isHeardWhereTheOwnerSaysSo(String wish) {
    visitor.with(
        "Object.defineProperties(navigator, Object.getOwnPropertyDescriptors({" + wish + "}))");
    site.page("/a", site.tracker(collector, ""));
    site.page("/heard", site.tracker(collector, "data-dnt"));

    Visitor.settle(visitor.open(site.url("/heard")), collector);
    Visitor.settle(visitor.open(site.url("/a")), collector);

    assertThat(collector.viewed()).containsExactly("/a");
  }

  @Test
  void wishNotToBeTracked_notUttered_isCounted() {
    site.page("/heard", site.tracker(collector, "data-dnt"));

    Visitor.settle(visitor.open(site.url("/heard")), collector);

    assertThat(collector.viewed()).containsExactly("/heard");
  }
}
