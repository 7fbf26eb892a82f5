package com.visitorcount.increment;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a browser tells of itself, coarsely: the browsers and systems that matter, by the marks that
 * they set into their user agent. Each is empty where it is none of them.
 *
 * @param browser name without version; an app whose own browser shows the page is one, too
 * @param os name without version
 * @param device {@code Mobile}, {@code Tablet} or {@code Desktop}
 */
record UserAgent(String browser, String os, String device) {
  /** No browser needs more, and a client may send any length. */
  private static final int MAX_CHARS = 1_024;

  private record Name(String name, List<String> marks) {
    boolean isIn(String text) {
      return marks.stream().anyMatch(text::contains);
    }
  }

  /** In order: most browsers bear the marks of those further down as well. */
  private static final List<Name> BROWSERS =
      List.of(
          name("Instagram", "Instagram "),
          name("Facebook", "FBAN/", "FBAV/", "FB_IAB/"),
          name("TikTok", "musical_ly", "BytedanceWebview", "TikTok", "trill_"),
          name("Snapchat", "Snapchat"),
          name("LinkedIn", "LinkedInApp"),
          name("Pinterest", "[Pinterest/", "Pinterest for "),
          name("WeChat", "MicroMessenger/"),
          name("Line", " Line/"),
          name("X", "Twitter for ", "TwitterAndroid"),
          name("Google", " GSA/"),
          name("DuckDuckGo", "DuckDuckGo/", " Ddg/"),
          name("Edge", " Edg/", " EdgA/", " EdgiOS/", " Edge/"),
          name("Opera", " OPR/", " OPT/", " OPX/", " OPiOS/", "Opera"),
          name("Samsung Internet", " SamsungBrowser/"),
          name("Yandex", " YaBrowser/"),
          name("Vivaldi", " Vivaldi/"),
          name("Whale", " Whale/"),
          name("UC Browser", "UCBrowser/", "UCWEB/"),
          name("MIUI Browser", "MiuiBrowser/"),
          name("Huawei Browser", "HuaweiBrowser/"),
          name("QQ Browser", "QQBrowser/"),
          name("Silk", " Silk/"),
          name("Firefox", " FxiOS/", " Firefox/", " Focus/"),
          name("Internet Explorer", "MSIE ", "Trident/"),
          name("Chrome", " CriOS/", " Chrome/", " Chromium/"),
          name("Android Browser", "; Android ", "; Adr "),
          name("Safari", " Safari/", " AppleWebKit/"));

  private static final List<Name> SYSTEMS =
      List.of(
          name("Windows Phone", "Windows Phone"),
          name("Xbox", "Xbox"),
          name("Windows", "Windows"),
          name("iOS", "iPhone", "iPad", "iPod", " CriOS/", " FxiOS/", " EdgiOS/", " OPiOS/"),
          name("KaiOS", "KAIOS/"),
          name("Tizen", "Tizen"),
          name("webOS", "Web0S", "webOS"),
          name("HarmonyOS", "HarmonyOS", "OpenHarmony"),
          name("Android", "Android", "; Adr "),
          name("ChromeOS", "CrOS "),
          name("PlayStation", "PlayStation"),
          name("Nintendo Switch", "Nintendo Switch"),
          name("macOS", "Macintosh"),
          name("FreeBSD", "FreeBSD"),
          name("Linux", "Linux", "X11"));

  /** In order: a tablet with Android says neither that it is one nor that it is mobile. */
  private static final List<Name> DEVICES =
      List.of(
          name("", "SMART-TV", "SmartTV", " TV", "BRAVIA", " AFT", "Xbox", "PlayStation"),
          name("Tablet", "iPad", "Tablet"),
          name("Mobile", "Mobi", "iPhone", "iPod", "Opera Mini", "Windows Phone", "KAIOS/"),
          name("Tablet", "Android"),
          name("Desktop", "Windows", "Macintosh", "CrOS ", "X11", "Linux", "FreeBSD"));

  static UserAgent of(String header) {
    String text = header.substring(0, Math.min(header.length(), MAX_CHARS));
    return new UserAgent(first(BROWSERS, text), first(SYSTEMS, text), first(DEVICES, text));
  }

  /** Every browser that can be told. */
  static Stream<String> browsers() {
    return BROWSERS.stream().map(Name::name);
  }

  /** Every system that can be told. */
  static Stream<String> systems() {
    return SYSTEMS.stream().map(Name::name);
  }

  private static String first(List<Name> names, String text) {
    return names.stream().filter(name -> name.isIn(text)).map(Name::name).findFirst().orElse("");
  }

  private static Name name(String name, String... marks) {
    return new Name(name, List.of(marks));
  }
}
