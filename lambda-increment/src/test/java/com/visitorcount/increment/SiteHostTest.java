package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.page.SiteAliases;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case B24: what a referrer is, and what it is not. */
final class SiteHostTest {
  /** Both belong to one site, so neither counts as a referrer for the other. */
  @ParameterizedTest
  @CsvSource({
    "shop.example, example.com, true",
    "www.shop.example, example.com, true",
    "www.shop.example, www.example.com, true",
    "blog.shop.example, example.com, false",
    "shop.example.evil.example, example.com, false",
    "'', example.com, false"
  })
  void sameSiteAs_hostsOfAnAlias_areOne(String one, String other, boolean same) {
    SiteAliases aliases = SiteAliases.of(List.of("shop.example=example.com"));

    assertThat(new SiteHost(one).sameSiteAs(new SiteHost(other), aliases)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({
    "https://news.example, news.example",
    "https://news.example/, news.example",
    "https://news.example/a?b=c#d, news.example",
    "https://news.example?x, news.example",
    "https://news.example#x, news.example",
    "HTTPS://News.EXAMPLE/A, news.example",
    "http://news.example:80/, news.example",
    "https://news.example:443/, news.example",
    "https://news.example:8443/, news.example:8443",
    "https://news.example./, news.example",
    "https://me:secret@news.example/, news.example",
    "https://bücher.de/x, xn--bcher-kva.de",
    "https://www.google.com/, www.google.com",
    "http://localhost:8080/, localhost:8080",
    "http://[2001:DB8::1]/, [2001:db8::1]",
    "https://news.example\\@evil.test/, news.example",
    "android-app://com.google.android.gm/, com.google.android.gm",
    "android-app://com.google.android.gm, com.google.android.gm",
    "Android-App://org.Telegram.Messenger/x, org.telegram.messenger",
    "android-app://com.google.android.googlequicksearchbox/https/www.google.com,"
        + " com.google.android.googlequicksearchbox"
  })
  void of_address_isItsHost_caseB24(String address, String host) {
    assertThat(SiteHost.of(address).name()).isEqualTo(host);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "news.example",
        "//news.example/",
        "https://",
        "https:///a",
        "https:news.example",
        "https://exa mple/",
        "https://a..b/",
        "https://news.example:99999/",
        "https://\u0000/",
        "javascript:alert('https://news.example/')",
        "data:text/html,https://news.example/",
        "file:///home/me/index.html",
        "about:blank",
        "ftp://news.example/",
        "blob:https://news.example/1",
        "chrome-extension://abc/x",
        "ios-app://123456/",
        "android-app://",
        "android-app:///x",
        "android-app://x y/",
        "android-app://<script>/"
      })
  void of_anythingElse_isNone_caseB24(String address) {
    assertThat(SiteHost.of(address).name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com, true",
    "www.example.com, example.com, true",
    "example.com, www.example.com, true",
    "example.com:8080, example.com:8080, true",
    "example.com:8080, example.com, false",
    "example.com, notexample.com, false",
    "example.com, example.com.evil.test, false",
    "example.com, blog.example.com, false",
    "example.com, example.co, false",
    "wwwx.example.com, example.com, false",
    "wwwxexample.com, example.com, false",
    "www.www.example.com, example.com, false",
    "default, example.com, false",
    "'', '', false"
  })
  void sameSiteAs_other_isByEquality_caseB24(String one, String other, boolean same) {
    assertThat(new SiteHost(one).sameSiteAs(new SiteHost(other), SiteAliases.NONE)).isEqualTo(same);
    assertThat(new SiteHost(other).sameSiteAs(new SiteHost(one), SiteAliases.NONE)).isEqualTo(same);
  }
}
