package com.visitorcount.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tracker with events, as an owner puts it into a page, with the real functions. */
final class EventsTest {
  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;

  private Site site;
  private Visitor visitor;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of());
    chromium = Chromium.likeAPersons();
  }

  @BeforeEach
  void enter() {
    // a new port, and so a site without counts
    site = new Site();
    visitor = chromium.visitor();
  }

  @AfterEach
  void leave() {
    try {
      visitor.close();
    } finally {
      site.close();
    }
  }

  @Test
  void event_byCallAndByAttributes_isCountedAndAddsUp() throws Exception {
    site.page(
        "/pricing",
        tracker(""),
        "<button data-visitorcount-event=signup"
            + " data-visitorcount-event-plan=pro><b>Buy</b></button>",
        "<form data-visitorcount-event=search"
            + " action='javascript:0'><input><button>Go</button></form>");
    Page page = visitor.open(site.url("/pricing"));

    page.evaluate("visitorCount.event('signup', { plan: 'pro', seats: 5 })");
    page.click("b");
    page.click("input");
    page.click("text=Go");

    counted(page, "!signup", 2);
    counted(page, "!search", 1);
    counted(page, "/pricing", 1);
    stack.runner().settle();
    assertThat(get("/api/v1/verify?page=" + encoded(host() + "!signup")))
        .contains("\"counter\":2", "\"rows\":2");
    site.page(
        "/shown",
        site.script("/visitor-count.js", "data-api=" + stack.read()),
        "<visitor-count page='" + host() + "!signup'>many</visitor-count>");
    PlaywrightAssertions.assertThat(visitor.open(site.url("/shown")).locator("visitor-count"))
        .hasText("2");
    assertThat(get("/badge.svg?page=" + encoded(host() + "!signup"))).contains(">2</text>");
  }

  @Test
  void clicks_thatLeaveThePage_areCountedAndHinderNothing() {
    site.page("/next", "<title>next</title>");
    site.page(
        "/a",
        tracker("data-outbound data-downloads data-forms data-404"),
        "<a id=out href='" + site.url("other.test", "/next?secret=1") + "'>out</a>",
        "<a id=in href='/next'>in</a>",
        "<a id=file href='/files/Manual.PDF?v=2'>file</a>",
        "<a id=mail href='mailto:a@example.com'>mail</a>",
        "<form action='/next'><button>send</button></form>");
    site.notFound(tracker("data-404"), "nothing here");
    // anything but a page, as servers answer for files
    visitor
        .context()
        .route("**/files/**", route -> route.fulfill(new Route.FulfillOptions().setStatus(204)));
    visitor.expectInConsole("404");

    for (String click : List.of("#out", "#in", "button")) {
      Page page = visitor.open(site.url("/a"));
      page.click(click);
      page.waitForURL("**/next*");
    }
    Page page = visitor.open(site.url("/a"));
    page.click("#file");
    page.evaluate(
        "document.querySelector('#mail').addEventListener('click', e => e.preventDefault())");
    page.click("#mail");
    visitor.open(site.url("/missing"));

    counted(page, "!Outbound Link: Click", 1);
    counted(page, "!File Download", 1);
    counted(page, "!Form: Submission", 1);
    counted(page, "!404", 1);
    counted(page, "/a", 4);
  }

  @Test
  void clicks_withoutTheAttributes_orOnAnExcludedPage_areNotCounted() {
    site.page("/next", "<title>next</title>");
    String body =
        "<a href='"
            + site.url("other.test", "/next")
            + "' target=_blank>out</a>"
            + "<b data-visitorcount-event=click>b</b>";
    site.page("/plain", tracker(""), body);
    site.page("/admin", tracker("data-outbound data-exclude=/admin"), body);

    Page plain = visitor.open(site.url("/plain"));
    plain.click("a");
    plain.click("b");
    Page admin = visitor.open(site.url("/admin"));
    admin.click("a");
    admin.click("b");
    admin.evaluate("visitorCount.event('last')");

    counted(admin, "!last", 1);
    counted(admin, "!click", 1);
    counted(admin, "!Outbound Link: Click", 0);
  }

  @Test
  void event_whoseAnswerIsLost_isSentAgainAndCountsOnce() {
    site.page("/a", tracker("data-exclude=/"));
    List<String> sent = new ArrayList<>();
    visitor
        .context()
        .route(
            stack.increment() + "**",
            route -> {
              sent.add(route.request().postData());
              if (sent.size() == 1) {
                route.fetch();
                route.abort();
              } else {
                route.resume();
              }
            });
    visitor.expectInConsole("ERR_FAILED");
    Page page = visitor.open(site.url("/a"));

    page.evaluate("visitorCount.event('paid')");

    page.waitForCondition(() -> sent.size() == 2);
    assertThat(sent.get(1)).isEqualTo(sent.get(0));
    counted(page, "!paid", 1);
    page.evaluate("visitorCount.event('paid')");
    counted(page, "!paid", 2);
  }

  /** The examples in docs/tracker.md, and what else a call by hand may name. */
  @ParameterizedTest
  @CsvSource({
    "visitorCount('download/manual.pdf'), HOST/download/manual.pdf",
    "visitorCount('/download/manual.pdf'), HOST/download/manual.pdf",
    "visitorCount(), HOST/open",
    "visitorCount('by-hand'), by-hand",
    "visitorCount('https://other.test/x'), other.test/x"
  })
  void callByHand_namesAPageOfItsSite(String call, String counted) {
    site.page("/open", site.script("/v.js", "data-exclude=/ data-api=" + stack.increment()));
    Page page = visitor.open(site.url("/open"));

    page.evaluate(call);

    counted(page, counted.replace("HOST", ""), 1);
  }

  @Test
  void pageOfTheTag_hasNoSite() {
    for (String name : List.of("/of-the-tag", "of-the-tag")) {
      site.page(
          "/open", site.script("/v.js", "data-page=" + name + " data-api=" + stack.increment()));
      Page page = visitor.open(site.url("/open"));

      page.waitForCondition(() -> count(name) == 1);
    }
  }

  private String tracker(String attributes) {
    return site.script("/v.events.js", "data-api=" + stack.increment() + " " + attributes);
  }

  private String host() {
    return URI.create(site.url("/")).getAuthority();
  }

  /** Waits for the count of a page or an event of the site, or of a full name. */
  private void counted(Page page, String name, int count) {
    boolean ofSite = name.startsWith("/") || name.startsWith("!");
    page.waitForCondition(() -> count(ofSite ? host() + name : name) == count);
  }

  private static int count(String name) {
    return Integer.parseInt(TestStack.counted(stack, encoded(name)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(stack.read().resolve(path)).build(), BodyHandlers.ofString())
        .body();
  }
}
