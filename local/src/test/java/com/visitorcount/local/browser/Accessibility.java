package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;

/**
 * Checks whether a page, with all its frames, meets the rules of WCAG 2.2 levels A and AA that
 * axe-core can test.
 */
public final class Accessibility {
  private static final String AXE =
      "() => { if (!window.axe) {" + AxeBuilder.getAxeScript() + "} }";

  /**
   * Makes axe report only violations. By default it also reports each element that passes, which
   * takes several times as long.
   */
  private static final String VIOLATIONS =
      """
      () => axe.run(document, {
        iframes: false,
        resultTypes: ['violations'],
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
      }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join('\\n')))
      """;

  private Accessibility() {}

  /** Fails if a rule is broken; the state names the page in the failure. */
  public static void assertAccessible(Page page, String state) {
    for (Frame frame : page.frames()) {
      frame.evaluate(AXE);
      assertThat((Iterable<?>) frame.evaluate(VIOLATIONS)).as(state).isEmpty();
    }
  }
}
