package com.visitorcount.statistics;

import static org.assertj.core.api.Assertions.assertThat;

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
    "stackoverflow.com, Stack Overflow"
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
        "192.0.2.1"
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
}
