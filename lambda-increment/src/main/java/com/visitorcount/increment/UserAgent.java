package com.visitorcount.increment;

import java.util.List;
import java.util.stream.Stream;

/**
 * A client's browser, system and device, recognised by marks in its user agent. Each is empty if
 * unknown.
 *
 * @param browser name without version; an app that shows pages in its own browser counts as one
 * @param os name of the operating system, without version
 * @param device {@code Mobile}, {@code Tablet}, {@code Desktop} or {@code TV}
 * @param bot whether it is a program, not a person's browser
 * @param imageProxy whether it loads images for readers
 */
record UserAgent(String browser, String os, String device, boolean bot, boolean imageProxy) {
  private record Name(String name, List<String> marks) {
    boolean isIn(String text) {
      return marks.stream().anyMatch(text::contains);
    }
  }

  /** In order: most browsers also have the marks of those further down. */
  private static final List<Name> BROWSERS =
      List.of(
          name("Instagram", "Instagram "),
          name("Threads", "Barcelona "),
          name("Facebook", "FBAN/", "FBAV/", "FB_IAB/", "MetaIAB Facebook"),
          name("TikTok", "musical_ly", "BytedanceWebview", "TikTok", "trill_"),
          name("Snapchat", "Snapchat"),
          name("LinkedIn", "LinkedInApp"),
          name("Pinterest", "[Pinterest/", "Pinterest for "),
          name("WeChat", "MicroMessenger/"),
          name("Line", " Line/"),
          name("KakaoTalk", "KAKAOTALK"),
          name("X", "Twitter for ", "TwitterAndroid"),
          name("NAVER", "NAVER("),
          name("QQ", " QQ/"),
          name("Baidu", "baiduboxapp", "baidubrowser", "bdbrowser", "BIDUBrowser"),
          name("Google", " GSA/", " GoogleApp/"),
          name("DuckDuckGo", "DuckDuckGo/", " Ddg/"),
          name("Edge", " Edg/", " EdgA/", " EdgiOS/", " Edge/"),
          name("Opera", " OPR/", " OPT/", " OPX/", " OPiOS/", "Opera"),
          name("Samsung Internet", " SamsungBrowser/"),
          name(
              "Yandex",
              "YaBrowser/",
              "YaSearchBrowser/",
              "YaApp_Android/",
              "YaApp_iOS/",
              "YandexSearch/"),
          name("Quark", " Quark/"),
          name("Vivo Browser", "VivoBrowser/"),
          name("LG Browser", "LG Browser/"),
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
          name("iOS", "(iPhone", "(iPad", "(iPod", "CPU OS ", "CPU iPhone OS "),
          name("KaiOS", "KAIOS/", "KaiOS/"),
          name("Tizen", "Tizen"),
          name("webOS", "Web0S", "webOS"),
          name("HarmonyOS", "HarmonyOS", "OpenHarmony"),
          name("Android", "Android", "Andr0id", "; Adr "),
          // an iPad that requests desktop pages claims to be a Mac
          name("iOS", " CriOS/", " FxiOS/", " EdgiOS/", " OPiOS/"),
          name("ChromeOS", "CrOS "),
          name("PlayStation", "PlayStation"),
          name("Nintendo Switch", "Nintendo Switch"),
          name("macOS", "Macintosh"),
          name("FreeBSD", "FreeBSD"),
          name("Linux", "Linux", "X11"));

  /**
   * In order. Browsers on Android tablets claim to be neither tablet nor mobile, and apps on them
   * claim to be mobile: the window's width is more reliable. The word TV alone is also in the names
   * of phones that receive it. Consoles are used with televisions.
   */
  private static final List<Name> DEVICES =
      List.of(
          name(
              "TV",
              "SMART-TV",
              "SMART TV",
              "SmartTV",
              "SmartTv",
              "Smart TV",
              "Android TV",
              "AndroidTV",
              "Apple TV",
              "AppleTV",
              "Google TV",
              "GoogleTV",
              "Opera TV",
              "NETTV/",
              "HbbTV/",
              "BRAVIA",
              "Web0S",
              "NetCast",
              "VIDAA/",
              "Viera",
              "Roku",
              "; AFT",
              " OMI/",
              "CrKey/",
              "Chromecast",
              "Xbox",
              "XBOX",
              "PlayStation 4",
              "PlayStation 5",
              "PLAYSTATION 3",
              "Nintendo Wii"),
          name("Mobile", "Windows Phone"),
          name("Desktop", "Windows NT"),
          name("Tablet", "(iPad", "Tablet"),
          name("Mobile", "Mobi", "(iPhone", "(iPod", "Opera Mini", "KAIOS/", "KaiOS/"),
          name("TV", " TV", "_TV", "TV_", "TVBOX", "DTV"),
          name("Tablet", "Android", "Andr0id", " CriOS/", " FxiOS/", " EdgiOS/", " OPiOS/"),
          name("Desktop", "Windows", "Macintosh", "CrOS ", "X11", "Linux", "FreeBSD"));

  /** Parses a user agent of at most {@value UserAgents#MAX_CHARS} characters. */
  static UserAgent of(String text) {
    boolean bot = Bot.is(text);
    return new UserAgent(
        first(BROWSERS, text),
        first(SYSTEMS, text),
        first(DEVICES, text),
        bot,
        bot && Bot.isImageProxy(text));
  }

  /** Every browser that can be recognised. */
  static Stream<String> browsers() {
    return BROWSERS.stream().map(Name::name);
  }

  /** Every system that can be recognised. */
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
