package com.visitorcount.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names under which people know the sites that lead to others. */
final class Sources {
  /** A name, and the domains that go by it, each with all that is below it. */
  private static final String DOMAINS =
      """
      Baidu: baidu.com
      Bing: bing.com
      Bluesky: bsky.app
      Brave: search.brave.com
      ChatGPT: chatgpt.com chat.openai.com
      Claude: claude.ai
      Copilot: copilot.microsoft.com
      DuckDuckGo: duckduckgo.com
      Ecosia: ecosia.org
      Facebook: facebook.com fb.com fb.me m.me messenger.com com.facebook.katana
      Gemini: gemini.google.com
      GitHub: github.com
      Gmail: mail.google.com com.google.android.gm
      Google: com.google.android.googlequicksearchbox
      Hacker News: news.ycombinator.com hn.algolia.com
      Instagram: instagram.com com.instagram.android
      LinkedIn: linkedin.com lnkd.in com.linkedin.android
      Mastodon: mastodon.social joinmastodon.org
      Medium: medium.com
      Naver: naver.com
      Perplexity: perplexity.ai
      Pinterest: pinterest.com pinterest.de pinterest.co.uk pin.it
      Product Hunt: producthunt.com
      Qwant: qwant.com
      Reddit: reddit.com redd.it com.reddit.frontpage
      Slack: slack.com com.slack
      Stack Overflow: stackoverflow.com
      Startpage: startpage.com
      Telegram: telegram.org t.me telegram.me org.telegram.messenger
      Threads: threads.net threads.com
      TikTok: tiktok.com
      VK: vk.com vk.ru
      WhatsApp: whatsapp.com wa.me com.whatsapp
      Wikipedia: wikipedia.org
      X: x.com twitter.com t.co com.twitter.android
      Yahoo: yahoo.com yahoo.co.jp
      Yandex: ya.ru
      YouTube: youtube.com youtu.be com.google.android.youtube
      """;

  private static final Map<String, String> NAMES = read();

  /** It has a host of its own in nearly every country: {@code google.co.uk}. */
  private static final Pattern GOOGLE =
      Pattern.compile("google\\.([a-z]{2}|com|cat|com?\\.[a-z]{2})");

  private static final Pattern YANDEX = Pattern.compile("yandex\\.([a-z]{2}|com|com\\.[a-z]{2})");
  private static final String WWW = "www.";

  private Sources() {}

  /**
   * The name of a referrer: that of the longest of its domains that has one, or else the host
   * itself, without {@code www.} before it. Empty stays empty.
   */
  static String nameOf(String host) {
    String domain = host;
    while (!domain.isEmpty()) {
      @Nullable String name = NAMES.get(domain);
      if (name != null) {
        return name;
      }
      if (GOOGLE.matcher(domain).matches()) {
        return "Google";
      }
      if (YANDEX.matcher(domain).matches()) {
        return "Yandex";
      }
      domain =
          domain.substring(domain.indexOf('.') < 0 ? domain.length() : domain.indexOf('.') + 1);
    }
    return host.startsWith(WWW) && host.length() > WWW.length()
        ? host.substring(WWW.length())
        : host;
  }

  private static Map<String, String> read() {
    Map<String, String> names = new HashMap<>();
    try (Scanner lines = new Scanner(DOMAINS)) {
      while (lines.hasNextLine()) {
        String[] line = lines.nextLine().split(": ", 2);
        for (String domain : line[1].split(" ", -1)) {
          names.put(domain, line[0]);
        }
      }
    }
    return Map.copyOf(names);
  }
}
