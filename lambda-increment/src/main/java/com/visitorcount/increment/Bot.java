package com.visitorcount.increment;

import java.util.List;
import java.util.regex.Pattern;

/** Tells programs from browsers by their user agents. */
final class Bot {
  /** Every browser claims to be one of these, for history's sake; few programs do. */
  private static final List<String> BROWSERS_BEGIN = List.of("Mozilla/", "Opera/");

  /** How programs that claim to be a browser give themselves away. */
  private static final Pattern MARKS =
      Pattern.compile(
          "(?i)bot(?![a-z])|spider(?![a-z])|crawl|slurp|https?:|headless|phantomjs|lighthouse"
              + "|preview|externalhit|externalagent|archiver|inspectiontool|googleother"
              + "|mediapartners|google-|feedfetcher|favicon|monitor(?![a-z])|pingdom|uptime|ptst/"
              + "|gtmetrix|selenium|webdriver|puppeteer|playwright|cypress|jsdom|zgrab|nmap|scrapy"
              + "|validator|checker|scanner|curl/|wget|python|java/|okhttp|go-http");

  /** What makers of phones name their models is not ours to judge: one of them is Cubot. */
  private static final Pattern ANDROID_MODEL =
      Pattern.compile("Android(?![^)]*(?:compatible;|https?:))[^)]*\\)");

  /** Load an image for a reader, who is not seen. */
  private static final Pattern IMAGE_PROXY =
      Pattern.compile("(?i)\\bcamo\\b|imageproxy|imgproxy|mailproxy|image proxy|asset proxy");

  /** No browser needs more, and a client may send any length. */
  private static final int MAX_CHARS = 1_024;

  private Bot() {}

  /** Whether a user agent is that of a program, or none. */
  static boolean is(String userAgent) {
    String text = cut(userAgent);
    return BROWSERS_BEGIN.stream().noneMatch(text::startsWith)
        || MARKS.matcher(ANDROID_MODEL.matcher(text).replaceAll("")).find();
  }

  /** The same, where images are loaded by proxies for their readers. */
  static boolean isWithoutReader(String userAgent) {
    return is(userAgent) && !IMAGE_PROXY.matcher(cut(userAgent)).find();
  }

  private static String cut(String userAgent) {
    return userAgent.substring(0, Math.min(userAgent.length(), MAX_CHARS));
  }
}
