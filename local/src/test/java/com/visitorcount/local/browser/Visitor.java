package com.visitorcount.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A visitor with their own browser. Anything that pages or the browser write to the console fails
 * the test, unless it is expected.
 */
public final class Visitor implements AutoCloseable {
  private static final double PATIENCE_MILLIS = 20_000;

  /** Ends lines about the icon that the browser requests itself. */
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

  /** Opens a page in a new tab, and waits until its deferred scripts have run. */
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

  /** Expects at least one matching line in the console; such lines are not failures. */
  public void expectInConsole(String regex) {
    expected.add(Pattern.compile(regex));
    allowed.add(Pattern.compile(regex));
  }

  /**
   * For a typed URL that is not a page, the browser requests an icon; whether the answer arrives
   * before the test ends is chance.
   */
  public void allowMissingIconInConsole() {
    allowed.add(Pattern.compile("404 .*" + Pattern.quote(ICON)));
  }

  /**
   * Waits until everything that a page has sent to the collector has arrived. It sends two views by
   * hand, bypassing the tracker, and the collector handles requests one by one. The first may
   * overtake what was sent just before; the second is sent after the first has been answered.
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
