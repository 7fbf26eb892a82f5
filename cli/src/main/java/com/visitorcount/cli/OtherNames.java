package com.visitorcount.cli;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Translates the names of other products to ours, without versions. */
final class OtherNames {
  private static final Pattern VERSION = Pattern.compile("[ /][0-9][0-9._]*$");
  private static final Pattern COUNTRY = Pattern.compile("([A-Z]{2})(?:-.*)?");
  private static final Set<String> NONE = Set.of("unknown", "(not set)", "other", "\\n");

  private static final Map<String, String> BROWSERS =
      byOther(
          "Chrome: chrome, crios, chromium, chrome mobile, chrome webview, chromium-webview",
          "Firefox: firefox, fxios, firefox mobile, mobile firefox",
          "Safari: safari, ios, ios-webview, mobile safari, safari mobile",
          "Edge: edge, edge-chromium, edge-ios, microsoft edge, edg",
          "Opera: opera, opera-mini, opera mini, opera mobile, opera gx",
          "Samsung Internet: samsung, samsung browser, samsung internet",
          "Internet Explorer: ie, internet explorer, msie",
          "Yandex: yandexbrowser, yandex browser, yandex",
          "MIUI Browser: miui, miui browser",
          "Silk: silk, amazon silk, mobile silk",
          "Android Browser: android, android browser",
          "UC Browser: uc browser, ucbrowser",
          "Huawei Browser: huawei browser, huawei browser mobile",
          "QQ Browser: qq browser, qqbrowser",
          "Whale: whale, whale browser, naver whale",
          "DuckDuckGo: duckduckgo, duckduckgo privacy browser",
          "Facebook: facebook",
          "Instagram: instagram");

  private static final Map<String, String> SYSTEMS =
      byOther(
          "macOS: mac os, mac os x, macos, mac, os x",
          "iOS: ios, ipados, iphone",
          "Android: android, android os",
          "ChromeOS: chrome os, chromeos, cros",
          "Linux: linux, gnu/linux, ubuntu, fedora, debian",
          "FreeBSD: freebsd, open bsd, openbsd",
          "Windows Phone: windows phone, windows mobile");

  private static final Map<String, String> DEVICES =
      byOther(
          "Mobile: mobile, phone, smartphone",
          "Tablet: tablet",
          "Laptop: laptop",
          "Desktop: desktop",
          "TV: tv, smarttv, television");

  /** Our own limits between device classes, by the width of the screen in pixels. */
  private static final int MOBILE_BELOW = 512;

  private static final int TABLET_BELOW = 1_024;
  private static final int LAPTOP_BELOW = 1_536;

  private OtherNames() {}

  private static Map<String, String> byOther(String... lines) {
    Map<String, String> names = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      for (String other : line.substring(colon + 2).split(", ", -1)) {
        names.put(other, line.substring(0, colon));
      }
    }
    return names;
  }

  /** A browser; an unknown name is kept. */
  static String browser(String other) {
    return name(BROWSERS, other);
  }

  /** An operating system; an unknown name is kept. */
  static String system(String other) {
    String lower = other.toLowerCase(Locale.ROOT);
    if (lower.startsWith("windows ")
        && !lower.startsWith("windows phone")
        && !lower.startsWith("windows mobile")) {
      return "Windows";
    }
    return name(SYSTEMS, other);
  }

  private static String name(Map<String, String> names, String other) {
    String plain = VERSION.matcher(other.strip()).replaceFirst("").strip();
    String lower = plain.toLowerCase(Locale.ROOT);
    return NONE.contains(lower) ? "" : names.getOrDefault(lower, plain);
  }

  /** A device class, empty if unknown. */
  static String device(String other) {
    return DEVICES.getOrDefault(other.strip().toLowerCase(Locale.ROOT), "");
  }

  /**
   * A device class.
   *
   * @param width of the screen, in pixels; 0 if unknown
   */
  static String device(int width) {
    if (width == 0) {
      return "";
    }
    if (width < MOBILE_BELOW) {
      return "Mobile";
    }
    return width < TABLET_BELOW ? "Tablet" : width < LAPTOP_BELOW ? "Laptop" : "Desktop";
  }

  /** A country, possibly given with a region; empty if invalid. */
  static String country(String other) {
    var country = COUNTRY.matcher(other.strip());
    return country.matches() ? country.group(1) : "";
  }
}
