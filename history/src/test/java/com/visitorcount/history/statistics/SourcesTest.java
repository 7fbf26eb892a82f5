package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourcesTest {
  @ParameterizedTest
  @CsvSource({
    "google.com, Google",
    "www.google.com, Google",
    "google.de, Google",
    "www.google.co.uk, Google",
    "www.google.com.br, Google",
    "com.google.android.googlequicksearchbox, Google",
    "gemini.google.com, Gemini",
    "mail.google.com, Gmail",
    "www.bing.com, Bing",
    "duckduckgo.com, DuckDuckGo",
    "search.yahoo.com, Yahoo",
    "de.search.yahoo.com, Yahoo",
    "www.ecosia.org, Ecosia",
    "m.baidu.com, Baidu",
    "yandex.ru, Yandex",
    "yandex.com.tr, Yandex",
    "ya.ru, Yandex",
    "t.co, X",
    "twitter.com, X",
    "mobile.twitter.com, X",
    "x.com, X",
    "facebook.com, Facebook",
    "l.facebook.com, Facebook",
    "lm.facebook.com, Facebook",
    "m.facebook.com, Facebook",
    "l.instagram.com, Instagram",
    "www.linkedin.com, LinkedIn",
    "lnkd.in, LinkedIn",
    "old.reddit.com, Reddit",
    "out.reddit.com, Reddit",
    "m.youtube.com, YouTube",
    "youtu.be, YouTube",
    "news.ycombinator.com, Hacker News",
    "gist.github.com, GitHub",
    "www.pinterest.com, Pinterest",
    "web.whatsapp.com, WhatsApp",
    "wa.me, WhatsApp",
    "t.me, Telegram",
    "go.bsky.app, Bluesky",
    "chatgpt.com, ChatGPT",
    "chat.openai.com, ChatGPT",
    "www.perplexity.ai, Perplexity",
    "claude.ai, Claude",
    "en.m.wikipedia.org, Wikipedia",
    "stackoverflow.com, Stack Overflow",
    "outlook.live.com, Outlook",
    "outlook.office.com, Outlook",
    "mail.proton.me, Proton Mail",
    "mail.yahoo.com, Yahoo Mail",
    "yahoo.co.jp, Yahoo",
    "mail.yandex.ru, Yandex Mail",
    "email.seznam.cz, Seznam Email",
    "kagi.com, Kagi",
    "www.mojeek.com, Mojeek",
    "ixquick.com, Startpage",
    "grok.com, Grok",
    "www.meta.ai, Meta AI",
    "www.quora.com, Quora",
    "discord.com, Discord",
    "www.twitch.tv, Twitch",
    "www.tumblr.com, Tumblr",
    "com.pinterest, Pinterest",
    "com.google.android.gm, Gmail",
    "org.telegram.messenger, Telegram",
    "pinterest.com.au, Pinterest",
    "www.amazon.co.jp, Amazon",
    "docs.google.com, Google Docs",
    "copilot.microsoft.com, Copilot",
    "chat.deepseek.com, DeepSeek",
    "chat.mistral.ai, Le Chat"
  })
  void nameOf_knownHost_isTheNamePeopleKnow(String host, String name) {
    assertThat(Sources.nameOf(host)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "google.com.evil.example",
        "google.de.evil.example",
        "notgoogle.com",
        "google.example",
        "google.",
        "google",
        "xx.com",
        "netflix.com",
        "at.co",
        "ycombinator.com",
        "openai.com",
        "microsoft.com",
        "bing.com.example",
        "yandex.example",
        "youtu.be.example",
        "google.com:8080",
        "www.",
        ".",
        "..",
        "localhost",
        "192.0.2.1",
        "kagi.com.evil.example",
        "notkagi.com",
        "mykagi.com",
        "amazon.evil.example",
        "proton.me.evil.example",
        "example.proton.me",
        "com.pinterest.evil",
        "xcom.pinterest"
      })
  void nameOf_anyOtherHost_isTheHost(String host) {
    assertThat(Sources.nameOf(host)).isEqualTo(host);
  }

  @ParameterizedTest
  @CsvSource({
    "www.news.example, news.example",
    "blog.news.example, blog.news.example",
    "www.notgoogle.com, notgoogle.com",
    "www.google.com.evil.example, google.com.evil.example"
  })
  void nameOf_unknownHost_losesItsWww(String host, String name) {
    assertThat(Sources.nameOf(host)).isEqualTo(name);
  }

  /** Case C11: a company is one row, whatever its name in the view. */
  @ParameterizedTest
  @CsvSource({
    "facebook, Facebook",
    "Facebook, Facebook",
    "fb, Facebook",
    "FB, Facebook",
    "facebook.com, Facebook",
    "www.facebook.com, Facebook",
    "https://www.facebook.com/, Facebook",
    "http://m.facebook.com/some/page?a=1#b, Facebook",
    "https://l.facebook.com, Facebook",
    "facebook.com., Facebook",
    "facebook.com:443, Facebook",
    "facebook_ads, Facebook",
    "fb-ads, Facebook",
    "android-app://com.facebook.katana/, Facebook",
    "com.facebook.katana, Facebook",
    "ig, Instagram",
    "hacker-news, Hacker News",
    "hackernews, Hacker News",
    "Hacker News, Hacker News",
    "twitter, X",
    "t.co, X",
    "chatgpt.com, ChatGPT",
    "ChatGPT, ChatGPT",
    "openai, ChatGPT",
    "perplexity, Perplexity",
    "copilot.com, copilot.com",
    "claude.ai, Claude",
    "gemini, Gemini",
    "Google Ads, Google",
    "google, Google",
    "google.co.uk, Google",
    "linkedin, LinkedIn",
    "yt, YouTube"
  })
  void nameOfTag_ofACompany_isItsName(String tag, String name) {
    assertThat(Sources.nameOfTag(tag)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "newsletter, newsletter",
    "Newsletter, Newsletter",
    "'  letter ', letter",
    "facebook.com.evil.example, facebook.com.evil.example",
    "notfacebook.com, notfacebook.com",
    "ali.express, ali.express",
    "face.book, face.book",
    "my facebook group, my facebook group",
    "Dr. Who, Dr. Who",
    "https://www.News.example/a, news.example",
    "www.news.example, news.example",
    "://, ://",
    "http://, http://",
    "@, @",
    "(direct), (direct)"
  })
  void nameOfTag_ofAnythingElse_isAsItWasSent(String tag, String name) {
    assertThat(Sources.nameOfTag(tag)).isEqualTo(name);
  }

  @Test
  void nameOf_everyName_isTheSameAgain() {
    for (String name : Sources.names()) {
      assertThat(Sources.nameOfTag(name)).isEqualTo(name);
    }
  }

  /** What is stored under the keys of the dimensions used exactly these names. */
  @Test
  void names_changed_takeNewKeysOfDimensions() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String name : List.of("sources.txt", "spam.txt")) {
      try (InputStream file = Sources.class.getResourceAsStream(name)) {
        digest.update(file.readAllBytes());
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("names of sources changed: give SOURCE and CHANNEL of Dimension new keys")
        .isEqualTo("46925c8e1682d419");
    assertThat(Dimension.SOURCE.key() + " " + Dimension.CHANNEL.key()).isEqualTo("source2 channel");
  }
}
