package com.visitorcount.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URLEncoder;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Counters as people put them on pages, with the real functions: the markup of themes that use
 * busuanzi, vercount and GoatCounter, and what the element can show besides a count.
 */
@Timeout(90)
final class CountersOnPagesTest {
  /** As in the templates of NexT, Butterfly and Fluid, and of vercount. */
  private static final String THEME =
      """
      <span id="busuanzi_container_site_pv" style="display: none">
        <i></i><span id="busuanzi_value_site_pv"></span></span>
      <span class="busuanzi_container_site_uv" style="display: none">
        <span class="busuanzi_value_site_uv"></span></span>
      <main><span id="vercount_container_page_pv" style="display: none">
        <span id="vercount_value_page_pv">Loading</span></span>
      <span id="busuanzi_page_uv"></span></main>""";

  @AutoClose
  private static final LocalStack stack = TestStack.start(Map.of("HistoryDelaySeconds", "1"));

  @AutoClose private static final Chromium chromium = Chromium.likeAPersons();

  @AutoClose private final Scene scene = new Scene(chromium, stack);
  private final Site site = scene.site();
  private final Visitor visitor = scene.visitor();

  @Test
  void busuanzi_themeMarkup_isFilledShownAndCountedOnce() {
    site.page("/post/", busuanzi(), THEME);
    site.page("/other/", busuanzi(), THEME);
    visitor.open(site.url("/other/"));
    counted("/other", "1");
    stack.runner().settle();

    Page page = visitor.open(site.url("/post/"));

    assertThat(page.locator("#vercount_value_page_pv")).hasText("1");
    assertThat(page.locator("#vercount_container_page_pv")).isVisible();
    assertThat(page.locator("#busuanzi_value_site_pv")).hasText(Pattern.compile("[12]"));
    assertThat(page.locator("#busuanzi_container_site_pv")).isVisible();
    assertThat(page.locator(".busuanzi_value_site_uv")).hasText("1");
    assertThat(page.locator("#busuanzi_page_uv")).hasText(Pattern.compile("[01]"));

    // as pjax and routers do: first another URL, then other content
    page.evaluate(
        "html => { history.pushState(null, '', '/next/');"
            + " setTimeout(() => document.querySelector('main').innerHTML = html, 50) }",
        "<span id='busuanzi_value_page_pv'></span>");
    assertThat(page.locator("#busuanzi_value_page_pv")).hasText("1");
    page.evaluate("history.pushState(null, '', '/next/?x=1')");
    counted("/next", "1");
    counted("/post", "1");
  }

  @Test
  void busuanzi_besideTheTracker_leavesCountingToIt() {
    site.page("/both/", busuanzi(), site.tracker(scene.collector(), ""), THEME);

    Page page = visitor.open(site.url("/both/"));

    counted("/both", "1");
    assertThat(page.locator("#vercount_value_page_pv")).hasText(Pattern.compile("[01]"));
    Visitor.settle(page, scene.collector());
    counted("/both", "1");
  }

  /** Markup and requests of themes that show GoatCounter's counts, such as Hugo's Blowfish. */
  @Test
  void goatCounter_imageCounts_andTheCountIsShown() {
    site.page(
        "/goat/",
        "<img src='" + stack.increment() + "count?p=/goat/' alt=''>",
        "<div id=stats></div>",
        "<script>addEventListener('load', async () => {"
            + " const url = '"
            + stack.read()
            + "counter/' + encodeURIComponent(location.pathname) + '.json';"
            + " document.querySelector('#stats').textContent = (await (await fetch(url)).json()).count"
            + " })</script>",
        "<img id=svg src='" + stack.read() + "counter//goat/.svg' alt='Views'>",
        "<iframe src='" + stack.read() + "counter/TOTAL.html' title='Views'></iframe>");

    Page page = visitor.open(site.url("/goat/"));

    assertThat(page.locator("#stats")).hasText("1");
    assertThat(page.frameLocator("iframe").locator("#gcvc-views")).hasText(Pattern.compile("\\d+"));
    page.waitForCondition(
        () -> page.evaluate("document.querySelector('#svg').naturalWidth").equals(200));
    counted("/goat", "1");
  }

  @Test
  void element_siteAndPeriodAndVisitors_areShown() {
    site.page("/first/", site.tracker(scene.collector(), ""));
    visitor.open(site.url("/first/"));
    counted("/first", "1");
    stack.runner().settle();
    String host = URLEncoder.encode(site.url("/").replaceAll("https?://|/$", ""), UTF_8);
    String named = host.replace("%3A", ":");

    Page page =
        elements(
            "<visitor-count site='" + named + "'>many</visitor-count>",
            "<visitor-count site='" + named + "' show=visitors>many</visitor-count>",
            "<visitor-count page='" + named + "/first' period=today>many</visitor-count>",
            "<visitor-count page='" + named + "/first' show=visitors>many</visitor-count>",
            "<visitor-count page='" + named + "/first' compact lang=en>many</visitor-count>");

    assertThat(page.locator("visitor-count"))
        .hasText(
            new Pattern[] {
              Pattern.compile("\\d+"),
              Pattern.compile("\\d+"),
              Pattern.compile("1"),
              Pattern.compile("1"),
              Pattern.compile("1")
            });
    assertThat(page.evaluate("changed.length")).isEqualTo(5);
    assertThat(page.evaluate("changed.every(count => typeof count == 'bigint')")).isEqualTo(true);
  }

  @Test
  void element_oneWrongName_spoilsNoOther() {
    visitor.expectInConsole("400");
    site.page("/named/", site.tracker(scene.collector(), ""));
    visitor.open(site.url("/named/"));
    counted("/named", "1");

    Page page =
        elements(
            "<visitor-count page='" + site.url("/named/") + "'>many</visitor-count>",
            "<visitor-count page='#none'>many</visitor-count>",
            "<visitor-count page='main_page'>many</visitor-count>");

    assertThat(page.locator("visitor-count")).hasText(new String[] {"1", "many", "0"});
  }

  private Page elements(String... lines) {
    site.page(
        "/elements/",
        "<script>const changed = [];"
            + " addEventListener('change', event => changed.push(event.detail))</script>",
        "<script defer src='" + stack.read() + "visitor-count.js'></script>",
        String.join("\n", lines));
    return visitor.open(site.url("/elements/"));
  }

  private String busuanzi() {
    return "<script async src='%sbusuanzi.js?api=%s'></script>"
        .formatted(stack.read(), URLEncoder.encode(stack.increment().toString(), UTF_8));
  }

  private void counted(String path, String count) {
    Page any = visitor.context().pages().get(0);
    any.waitForCondition(() -> scene.counted(path).equals(count));
  }
}
