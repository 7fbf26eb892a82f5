package com.visitorcount.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.microsoft.playwright.Page;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.database.NodeModules;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Packages from npm that use Plausible's protocol, with the real function: each line of
 * docs/compatibility.md. They are only configured with the URL.
 */
final class PlausiblePackagesTest {
  private static final Path MODULES = TestStack.root().resolve("local/node_modules");

  @AutoClose private static LocalStack stack;
  @AutoClose private static Chromium chromium;

  private Site site;
  private Visitor visitor;

  @BeforeAll
  static void start() {
    NodeModules.install(TestStack.root().resolve("local"));
    stack = TestStack.start(Map.of());
    chromium = Chromium.likeAPersons();
  }

  @BeforeEach
  void enter() {
    site = new Site();
    visitor = chromium.visitor();
    site.page("/next", "<title>next</title>");
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
  void plausibleTracker_countsViewsRoutesEventsAndOutboundLinks() {
    module("/plausible/index.js", "plausible-tracker/build/module/index.js");
    module("/plausible/lib/tracker", "plausible-tracker/build/module/lib/tracker.js");
    module("/plausible/lib/request", "plausible-tracker/build/module/lib/request.js");
    Page page =
        open(
            "import Plausible from '/plausible/index.js'",
            "const plausible = Plausible({ domain: '%2$s', apiHost: '%1$s' })",
            "plausible.enableAutoPageviews()",
            "plausible.enableAutoOutboundTracking()",
            "history.pushState({}, '', '/route')",
            "plausible.trackEvent('signup', { props: { plan: 'pro' } })");

    counted(page, "/start", 1);
    counted(page, "/route", 1);
    counted(page, "!signup", 1);
    page.click("a");
    counted(page, "!Outbound Link: Click", 1);
  }

  @Test
  void plausibleAnalyticsTracker_countsViewsRoutesEventsLinksFilesAndForms() {
    module("/plausible.js", "@plausible-analytics/tracker/plausible.js");
    Page page =
        open(
            "import { init, track } from '/plausible.js'",
            "init({ domain: '%2$s', endpoint: '%1$s/api/event', outboundLinks: true,",
            "  fileDownloads: true, formSubmissions: true })",
            "history.pushState({}, '', '/route')",
            "track('signup', { props: { plan: 'pro' }, interactive: false,",
            "  revenue: { amount: 10, currency: 'EUR' } })");

    counted(page, "/start", 1);
    counted(page, "/route", 1);
    counted(page, "!signup", 1);
    page.click("a");
    counted(page, "!Outbound Link: Click", 1);
    page.click("button");
    counted(page, "!Form: Submission", 1);
    // the page that was left has reported engagement, which is not an event
    counted(page, "!engagement", 0);
  }

  @Test
  void barbapapazesTracker_countsViewsAndEvents() {
    module("/index.mjs", "@barbapapazes/plausible-tracker/dist/index.mjs");
    for (String name : new String[] {"auto-pageviews", "auto-outbound-tracking", "utils"}) {
      module(
          "/extensions/" + name + ".mjs",
          "@barbapapazes/plausible-tracker/dist/extensions/" + name + ".mjs");
    }
    Page page =
        open(
            "import { createPlausibleTracker } from '/index.mjs'",
            "import { useAutoPageviews } from '/extensions/auto-pageviews.mjs'",
            "import { useAutoOutboundTracking } from '/extensions/auto-outbound-tracking.mjs'",
            "const plausible = createPlausibleTracker({ domain: '%2$s', apiHost: '%1$s' })",
            "useAutoPageviews(plausible).install()",
            "useAutoOutboundTracking(plausible).install()",
            "history.pushState({}, '', '/route')",
            "plausible.trackEvent('signup', { props: { plan: 'pro' } })");

    counted(page, "/start", 1);
    counted(page, "/route", 1);
    counted(page, "!signup", 1);
    page.click("a");
    counted(page, "!Outbound Link: Click", 1);
  }

  /** A framework's plug-in, in its framework. */
  @Test
  void vuePlausible_inVue_countsViewsAndEvents() {
    module("/vue.js", "vue/dist/vue.esm.browser.min.js");
    module("/plugin.js", "vue-plausible/lib/esm/vue-plugin.js");
    module("/plausible/index.js", "plausible-tracker/build/module/index.js");
    module("/plausible/lib/tracker", "plausible-tracker/build/module/lib/tracker.js");
    module("/plausible/lib/request", "plausible-tracker/build/module/lib/request.js");
    Page page =
        open(
            "import Vue from '/vue.js'",
            "import VuePlausible from '/plugin.js'",
            "Vue.config.productionTip = Vue.config.devtools = false",
            "Vue.use(VuePlausible, { domain: '%2$s', apiHost: '%1$s', enableAutoPageviews: true })",
            "new Vue({ el: '#app', methods: {",
            "  signUp() { this.$plausible.trackEvent('signup') } } })");

    counted(page, "/start", 1);
    page.click("#app i");
    counted(page, "!signup", 1);
  }

  private void module(String path, String file) {
    site.module(path, MODULES.resolve(file));
  }

  private Page open(String... script) {
    String address = stack.increment().toString();
    site.page(
        "/start",
        "<script"
            + " type=importmap>{\"imports\":{\"plausible-tracker\":\"/plausible/index.js\"}}</script>",
        "<a target=_blank href='" + site.url("other.test", "/next") + "'>out</a>",
        "<form action=/next><button>send</button></form>",
        "<div id=app><i v-on:click=signUp>sign up</i></div>",
        "<script type=module>",
        String.join("\n", script).formatted(address.substring(0, address.length() - 1), host()),
        "</script>");
    return visitor.open(site.url("/start"));
  }

  private String host() {
    return URI.create(site.url("/")).getAuthority();
  }

  private void counted(Page page, String name, int count) {
    String encoded = URLEncoder.encode(host() + name, UTF_8);
    page.waitForCondition(() -> TestStack.counted(stack, encoded).equals("" + count));
  }
}
