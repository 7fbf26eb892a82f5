package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What only a browser without a driver does: prerendering, and keeping pages alive for going back.
 */
@Timeout(120)
final class RealFlowTest {
  private static final String HELPERS =
      """
      <script>
        const signal = name => fetch('/signal/' + name)
        const once = name => fetch('/await/' + name)
        const loaded = new Promise(resolve => {
          const later = () => setTimeout(resolve)
          document.readyState == 'complete' ? later() : addEventListener('load', later)
        })
        const go = url => loaded.then(() => { location.href = url })
      </script>""";

  @Test
  void views_prerenderRoutesAndWayBack_areTheFiveThatWereSeen() {
    try (LocalStack stack = TestStack.start(Map.of());
        Site site = new Site();
        Collector collector = new Collector(stack.increment())) {
      collector.onView((what, times) -> site.signal("viewed" + what + "/" + times));
      String tracker = site.tracker(collector, "");
      String host =
          site.page(
              "/host",
              """
              <script type="speculationrules">
                {"prerender": [{"urls": ["/pre", "/never"], "eagerness": "immediate"}]}
              </script>""",
              tracker,
              HELPERS,
              """
              <script>
                (async () => {
                  await once('viewed/host/1')
                  await once('prerendered/pre')
                  await once('prerendered/never')
                  await loaded
                  history.pushState(null, '', '/spa1')
                  await once('viewed/spa1/1')
                  history.pushState(null, '', '/spa1?x=1')
                  history.replaceState(null, '', '/spa1?x=2')
                  go('/pre')
                })()
              </script>""");
      String prerendered =
          """
          <script>
            if (document.prerendering) signal('prerendered' + location.pathname)
            document.addEventListener('prerenderingchange', async () => {
              signal('activated' + location.pathname)
              await once('viewed/pre/1')
              go('/b')
            })
            addEventListener('pageshow', async event => {
              if (!event.persisted) return
              signal('restored')
              await once('viewed/pre/2')
              await visitorCount('sentinel')
              signal('end')
            })
          </script>""";
      site.page("/pre", tracker, HELPERS, prerendered);
      site.page("/never", tracker, HELPERS, prerendered);
      site.page(
          "/b",
          tracker,
          HELPERS,
          "<script>once('viewed/b/1').then(() => loaded).then(() => history.back())</script>");

      try (BareChromium browser = new BareChromium()) {
        browser.open(host);
        assertThat(site.await("end")).as("restored: %s", site.signalled("restored")).isTrue();
      }

      assertThat(collector.viewed()).containsExactly("/host", "/spa1", "/pre", "/b", "/pre");
      assertThat(site.signalled("prerendered/never")).isTrue();
      assertThat(site.signalled("activated/pre")).isTrue();
      assertThat(site.signalled("activated/never")).isFalse();
      assertThat(site.signalled("restored")).isTrue();
    }
  }
}
