package com.visitorcount.local.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Chromium driven by Playwright: an installed one, or else Playwright's own, which it downloads.
 * Its headless shell is preferred, since it saves the work for an invisible window whenever a page
 * is opened. All names below {@code .test} resolve to this machine.
 */
public final class Chromium implements AutoCloseable {
  private static final List<String> WHOLE =
      List.of(
          "/usr/bin/chromium",
          "/usr/bin/chromium-browser",
          "/usr/bin/google-chrome",
          "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

  private static final List<String> SHELLS = List.of("/usr/bin/chromium-headless-shell");

  static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          // the user agent of a headless browser says so, and is not counted
          "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
              + " Chrome/131.0.0.0 Safari/537.36",
          "--host-resolver-rules=MAP *.test 127.0.0.1");

  private final Playwright playwright;
  private final Browser browser;

  private Chromium(List<String> arguments) {
    Optional<Path> installed = installed(SHELLS).or(() -> installed(WHOLE));
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    installed.isPresent()
                        ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
                        : Map.of()));
    try {
      LaunchOptions options = new LaunchOptions().setArgs(arguments);
      installed.ifPresent(options::setExecutablePath);
      browser = playwright.chromium().launch(options);
    } catch (RuntimeException e) {
      playwright.close();
      throw e;
    }
  }

  private static Optional<Path> installed(List<String> programs) {
    return programs.stream().map(Path::of).filter(Files::isExecutable).findFirst();
  }

  /** The executable of a full browser, for starting it without a driver. */
  static Path executable() {
    return installed(WHOLE)
        .orElseGet(
            () -> {
              try (Playwright playwright = Playwright.create()) {
                return Path.of(playwright.chromium().executablePath());
              }
            });
  }

  /** A browser that does not reveal that it is automated: scripts take it for a person's. */
  public static Chromium likeAPersons() {
    return new Chromium(
        Stream.concat(
                ARGUMENTS.stream(), Stream.of("--disable-blink-features=AutomationControlled"))
            .toList());
  }

  /** A browser that reveals that it is automated. */
  static Chromium automated() {
    return new Chromium(ARGUMENTS);
  }

  /** A new visitor. */
  Visitor visitor() {
    return visitor(new Browser.NewContextOptions());
  }

  /** A new visitor with such a browser. */
  public Visitor visitor(Browser.NewContextOptions options) {
    return new Visitor(newContext(options));
  }

  BrowserContext newContext(Browser.NewContextOptions options) {
    return browser.newContext(options);
  }

  @Override
  public void close() {
    try {
      browser.close();
    } finally {
      playwright.close();
    }
  }
}
