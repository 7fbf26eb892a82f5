package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Somebody with a browser of their own. What pages and the browser write to the console is a
 * failure of the test, unless it is expected.
 */
public final class Visitor implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 20_000;

  /** Ends lines about the icon for which the browser asks by itself. */
  private static final String ICON = " (icon)";

  private final BrowserContext context;
  private final List<String> console = new ArrayList<>();
  private final List<Pattern> expected = new ArrayList<>();
  private final List<Pattern> allowed = new ArrayList<>();

  Visitor(BrowserContext context) {
    this.context = context;
    context.setDefaultTimeout(PATIENCE_MILLIS);
    context.onConsoleMessage(message -> console.add(line(message)));
    context.onWebError(error -> console.add("uncaught: " + error.error()));
  }

  private static String line(ConsoleMessage message) {
    String line = message.type() + ": " + message.text();
    return message.location().contains("/favicon.ico") ? line + ICON : line;
  }

  /** The visitor's browser. */
  public BrowserContext context() {
    return context;
  }

  /** Opens a page in a tab of its own, and waits until its deferred scripts have run. */
  public Page open(String url) {
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  /** A script that runs in each page before any of its own. */
  public Visitor with(String script) {
    context.addInitScript(script);
    return this;
  }

  /** Lines of the console that match are no failure, as long as there is at least one. */
  public void expectInConsole(String regex) {
    expected.add(Pattern.compile(regex));
    allowed.add(Pattern.compile(regex));
  }

  /**
   * At an address that was typed and is no page, the browser asks for an icon; whether it is
   * answered before the test is over is chance.
   */
  public void allowMissingIconInConsole() {
    allowed.add(Pattern.compile("404 .*" + Pattern.quote(ICON)));
  }

  /**
   * Waits until all that a page has sent to the collector has come: it sends views by hand, past
   * the tracker, and the collector takes one after the other. The first may overtake what was sent
   * a moment before; the second is sent when the first has been answered.
   */
  static void settle(Page page, Collector collector) {
    sendSentinel(page, collector);
    sendSentinel(page, collector);
  }

  private static void sendSentinel(Page page, Collector collector) {
    page.evaluate(
        "([url, body]) => new Promise((resolve, reject) => {"
            + "  const request = new XMLHttpRequest();"
            + "  request.open('POST', url);"
            + "  request.onload = resolve;"
            + "  request.onerror = reject;"
            + "  request.send(body);"
            + "})",
        List.of(collector.url(), "{\"page\":\"" + Collector.SENTINEL + "\"}"));
  }

  @Override
  public void close() {
    context.close();
    for (Pattern pattern : expected) {
      assertThat(console).as("console").anyMatch(line -> pattern.matcher(line).find());
    }
    assertThat(console)
        .as("console")
        .allMatch(line -> allowed.stream().anyMatch(pattern -> pattern.matcher(line).find()));
  }
}
