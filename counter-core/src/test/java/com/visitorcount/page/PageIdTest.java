package com.visitorcount.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PageIdTest {
  private static final int RANDOM_TEXTS = 200_000;

  /** Pieces with a special meaning, so that random texts reach corner cases. */
  private static final String[] PIECES = {
    "/",
    "//",
    "?",
    "#",
    "&",
    "=",
    "+",
    "%",
    "%%",
    "%2",
    "%2F",
    "%2f",
    "%3F",
    "%23",
    "%25",
    "%252F",
    "%C3%A9",
    "%c3%a9",
    "%CC%81",
    "%FF",
    "%C3",
    "%A9",
    "%ED%A0%80",
    "%F0%9F%98%80",
    "%00",
    "%0A",
    "e",
    "\u0301",
    "\u0307",
    "\u0327",
    "\u0338",
    "é",
    "论文",
    "😀",
    "\uD83D",
    "\uDE00",
    "\u2028",
    "\u0000",
    "\n",
    " ",
    "%20",
    "a",
    "B",
    "index.html",
    "example.com",
    "EXAMPLE.com",
    "bücher.de",
    "www.",
    ".",
    "..",
    ":80",
    ":443",
    ":8080",
    ":",
    "@",
    "user:pass@",
    "http://",
    "https://",
    "HTTPS://",
    "ftp://",
    "[::1]",
    "xn--bcher-kva.de",
    "default",
    "id=7",
    "lang=de",
    "utm_source=x",
    "\uFF0F",
    "\u212A",
    "\u037E",
    "\uFB01",
    "\u0130",
    "ß",
    "\u3002",
    "%EF%BC%8F",
    "-",
    "_",
    "~",
    "%2e",
    "%2E.",
    ";",
    "%3B",
    ";jsessionid=1B",
    ";SID=2",
    "%3bPHPSESSID=3",
    "(S(1b))",
    "(X(",
    "!",
    "example.com!",
    "localhost:8080!",
    "intranet.!",
    "default!"
  };

  @ParameterizedTest
  @CsvSource({
    "main_page, main_page",
    "main_page?x=1, main_page",
    "main_page#top, main_page",
    "Main_Page, Main_Page",
    "100%, 100%25",
    "example.com/blog/first-post, example.com/blog/first-post",
    "example.com/, example.com/",
    "https://example.com, example.com/",
    "https://example.com/, example.com/",
    "https://example.com?utm_source=x, example.com/",
    "https://example.com#top, example.com/",
    "HTTP://Example.COM/A/b, example.com/A/b",
    "http://example.com:80/a, example.com/a",
    "https://example.com:443/a, example.com/a",
    "https://example.com:8443/a, example.com:8443/a",
    "example.com:080/a, example.com/a",
    "https://example.com./a, example.com/a",
    "https://example.com.:443/a, example.com/a",
    "https://user:secret@example.com/a, example.com/a",
    "https://bücher.de/a, xn--bcher-kva.de/a",
    "https://BÜCHER.de/a, xn--bcher-kva.de/a",
    "https://xn--bcher-kva.de/a, xn--bcher-kva.de/a",
    "http://[::1]:8080/a, [::1]:8080/a",
    "http://127.0.0.1:8080/a, 127.0.0.1:8080/a",
    "localhost/a, localhost/a",
    "default/about, /about",
    "/about, /about",
  })
  void of_anyWayToWriteAPage_isItsOneForm(String raw, String expected) {
    assertThat(PageId.of(raw)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "main_page, default",
    "/about, default",
    "example.com/about, example.com",
    "https://example.com:8443/about, example.com:8443",
    "EXAMPLE.com/, example.com"
  })
  void site_isTheHostOrDefault(String raw, String expected) {
    assertThat(PageId.of(raw).site()).isEqualTo(expected);
  }

  @Test
  void of_slashes_caseB20() {
    assertThat(PageId.of("/about"))
        .hasToString("/about")
        .isEqualTo(PageId.of("/about/"))
        .isEqualTo(PageId.of("//about"))
        .isNotEqualTo(PageId.of("/about/index.html"));
    assertThat(PageId.of("/")).hasToString("/");
    assertThat(PageId.of("/index.html")).hasToString("/index.html");
    assertThatThrownBy(() -> PageId.of("")).isInstanceOf(InvalidPageException.class);
  }

  @Test
  void of_encodedReservedCharacters_stayThemselves_caseB17() {
    assertThat(PageId.of("/c/a%2Fb")).isNotEqualTo(PageId.of("/c/a/b"));
    assertThat(PageId.of("/c/a%2fb")).hasToString("/c/a%2Fb");
    assertThat(PageId.of("/c/x%3Fy=1")).hasToString("/c/x%3Fy=1");
    assertThat(PageId.of("/c/x%23y")).hasToString("/c/x%23y");
    assertThat(PageId.of("/c/%252F")).hasToString("/c/%252F").isNotEqualTo(PageId.of("/c/%2F"));
    assertThat(PageId.of("/a%2Cb")).hasToString("/a,b");
  }

  @Test
  void of_unicodeForms_caseB21() {
    assertThat(PageId.of("/论文"))
        .hasToString("/论文")
        .isEqualTo(PageId.of("/%E8%AE%BA%E6%96%87"))
        .isEqualTo(PageId.of("/%e8%ae%ba%e6%96%87"));
    assertThat(PageId.of("/caf%C3%A9"))
        .hasToString("/café")
        .isEqualTo(PageId.of("/cafe%CC%81"))
        .isEqualTo(PageId.of("/cafe\u0301"));
    assertThat(PageId.of("/About")).isNotEqualTo(PageId.of("/about"));
  }

  @ParameterizedTest
  @CsvSource({
    "/%, /%25",
    "/%zz, /%25zz",
    "/%2, /%252",
    "/%FF%C3, /%FF%C3",
    "/%c3%28, /%C3(",
    "/%ED%A0%80, /%ED%A0%80"
  })
  void of_malformedEscapes_haveOneStableForm_caseB21(String raw, String expected) {
    assertThat(PageId.of(raw)).hasToString(expected);
    assertThat(PageId.of(expected)).hasToString(expected);
  }

  @Test
  void of_keptEscapeBeforeACombiningMark_doesNotJoinIt() {
    // F and U+0307 would compose, and the escape would be gone
    assertThat(PageId.of("/a%2F\u0307")).hasToString("/a%2F\u0307");
    assertThat(PageId.of("/a%FC\u0327")).hasToString("/a%FC\u0327");
  }

  @Test
  void of_query_isDroppedUnlessKept_caseB22() {
    Set<String> kept = Set.of("id", "lang");
    for (String raw :
        new String[] {
          "/p?fbclid=1", "/p?fbclid=2&utm_source=x", "/p?gclid=3&id=7", "/p?id=7&lang=de", "/p#top"
        }) {
      assertThat(PageId.of(raw)).hasToString("/p");
    }
    assertThat(PageId.of("/p?fbclid=1", kept)).hasToString("/p");
    assertThat(PageId.of("/p?fbclid=2&utm_source=x", kept)).hasToString("/p");
    assertThat(PageId.of("/p?gclid=3&id=7", kept)).hasToString("/p?id=7");
    assertThat(PageId.of("/p?id=7&lang=de", kept))
        .hasToString("/p?id=7&lang=de")
        .isEqualTo(PageId.of("/p?lang=de&id=7#top", kept));
    assertThat(PageId.of("/p?id=a%26b%3Dc+d%2Be", kept)).hasToString("/p?id=a%26b%3Dc d%2Be");
    assertThat(PageId.of("/p?id", kept)).hasToString("/p?id");
    assertThat(PageId.of("https://example.com?id=7", kept)).hasToString("example.com/?id=7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\u3000",
        "%20",
        "?id=7",
        "#",
        "#salt/2026-11-24",
        "a\u0000b",
        "a%00b",
        "a\nb",
        "a%0ab",
        "/a%0D%0Ab",
        "a\u007Fb",
        "a%C2%85b",
        "a\u2028b",
        "a%E2%80%A9b",
        "a\uD800b",
        "\uDE00",
        "https://",
        "https:///a",
        "http://?x",
        "exa mple.com/a",
        "a..b/c",
        "-a/b",
        "a-/b",
        ":80/x",
        "example.com:99999/x",
        "example.com:8o/x",
        "ftp://example.com/x",
        "a%2Fb.com/x",
        "http://[zz]/x",
        "user@/x",
        "<b>/x"
      })
  void of_noPage_isRefusedWithoutRepeatingIt(String raw) {
    assertThatThrownBy(() -> PageId.of(raw, Set.of("id")))
        .isInstanceOf(InvalidPageException.class)
        .message()
        .isNotBlank()
        .doesNotContain("salt", "exa mple", "ftp", "<b>");
  }

  @ParameterizedTest
  @CsvSource({
    "/foo/../bar, /bar",
    "/foo/%2e%2E/bar, /bar",
    "/foo/.%2e/bar, /bar",
    "/./a/./b/., /a/b",
    "/%2e/a, /a",
    "/../../a, /a",
    "/a/.., /",
    "/a/b/../../../.., /",
    // .. removes the empty segment
    "/a//../b, /a/b",
    "/a/.../b, /a/.../b",
    "/a/..b/.c, /a/..b/.c",
    "/a/%252e%252e/b, /a/%252e%252e/b",
    "/a%2F../b, /a%2F../b",
    "https://example.com/foo/../bar?x=../y, example.com/bar",
    "example.com/.., example.com/"
  })
  void of_dots_areResolvedAsBrowsersDo_caseC7(String raw, String expected) {
    assertThat(PageId.of(raw)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/home;jsessionid=AB12, /home",
    "/home;JSESSIONID=AB12!node1, /home",
    "/home;phpsessid=x, /home",
    "/home;sid=q-X_9.z, /home",
    "/home;jsessionid, /home",
    "/a;jsessionid=1/b;sid=2/c, /a/b/c",
    "/;jsessionid=1, /",
    "/home%3Bjsessionid=1, /home",
    "/home;lang=de, /home;lang=de",
    "/home%3Blang=de, /home;lang=de",
    "/home;lang=de;jsessionid=1;x=y, /home;lang=de;x=y",
    "/home;lang=jsessionid=1, /home;lang=jsessionid=1",
    "/home;side=1, /home;side=1",
    "/sid=1/jsessionid=2, /sid=1/jsessionid=2",
    "/home;cfid=1;cftoken=2, /home",
    "/home;ASPSESSIONIDABCDEFGH=1, /home",
    "https://example.com/a;jsessionid=1?b=c, example.com/a",
    "login.jsp;jsessionid=1, login.jsp",
    "/(S(lit3py55t21z5v55vlm25s55))/home, /home",
    "/shop/(S(abc123))/home.aspx, /shop/home.aspx",
    "/(X(1)S(lit3py55t21z5v55vlm25s55))/home, /home",
    "/(X(1)F(Ab-_9)A(x)S(y))/home, /home",
    "/%28S%28abc123%29%29/home, /home",
    "/(S(abc123)), /",
    "/(S(abc123));sid=1/home, /home",
    "/(S(abc123))/../home, /home",
    "/(S(abc123))/(S(def456))/home, /home",
    "/(S())/home, /(S())/home",
    "/(T(abc123))/home, /(T(abc123))/home",
    "/(s(abc123))/home, /(s(abc123))/home",
    "/(S(a b))/home, /(S(a b))/home",
    "/(S(abc123)/home, /(S(abc123)/home",
    "/(S(abc))S)/home, /(S(abc))S)/home",
    "/(Sabc))/home, /(Sabc))/home",
    "/(S(abc123)))/home, /(S(abc123)))/home",
    "/S(abc123))/home, /S(abc123))/home",
    "/(S(abc123))x/home, /(S(abc123))x/home",
    "/())/home, /())/home",
    "/Foo_(film)/home, /Foo_(film)/home",
  })
  void of_sessionIds_areCut_caseC7(String raw, String expected) {
    assertThat(PageId.of(raw)).hasToString(expected);
  }

  @Test
  void of_longestHost_isAHost_caseC1() {
    String label = "a".repeat(63);
    String host = String.join(".", label, label, label, "b".repeat(61));
    assertThat(PageId.of(host + "/x")).hasToString(host + "/x");
    assertThat(PageId.of("https://" + host + ".:8080/").site()).isEqualTo(host + ":8080");
    for (String tooLong : new String[] {host + "b", "a" + label, "é" + label, host + ".é"}) {
      assertThatThrownBy(() -> PageId.of(tooLong + "/x"))
          .isInstanceOf(InvalidPageException.class)
          .hasMessageContaining("253 bytes");
    }
  }

  /** A small stack, as threads have on some systems. */
  @Test
  void of_oneUnitRepeatedToTheLimit_needsNoDeepStack_caseC1() throws InterruptedException {
    List<Throwable> failures = new ArrayList<>();
    Runnable everyUnit =
        () -> {
          for (String unit : PIECES) {
            for (String end : new String[] {"", "b/x", "/x"}) {
              String text = unit.repeat((8_192 - end.length()) / unit.length()) + end;
              for (String raw : new String[] {text, "https://" + text.substring(8), "/p?" + text}) {
                try {
                  PageId.of(raw.substring(0, Math.min(raw.length(), 8_192)), Set.of("id"));
                } catch (InvalidPageException e) {
                  // as expected in most cases
                }
                PageId.ofKey(raw);
              }
            }
          }
        };
    Thread thread = new Thread(null, everyUnit, "small stack", 256 * 1_024);
    thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
    thread.start();
    thread.join();
    assertThat(failures).isEmpty();
  }

  @Test
  void of_manyMarksInARow_areRefusedBeforeTheyAreSorted_caseC1() {
    assertThat(PageId.of("/a" + "\u0323\u0301".repeat(15)).toString()).hasSize(32 - 1);
    assertThatThrownBy(() -> PageId.of("/a" + "\u0323\u0301".repeat(15) + "\u0301"))
        .isInstanceOf(InvalidPageException.class)
        .hasMessageContaining("30 combining marks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "straße.de",
        "STRAẞE.de",
        "βόλος.com",
        "نامه\u200Cای.com",
        "ක්\u200Dෂ.com",
        "a\u00ADb.com",
        "a\uFE0Fb.com",
        "a\uDB40\uDD00b.com",
        "Ⴀ.com",
        "Ꭰ.com",
        "\uAB70.com",
        "Ӏ.com",
        "\u1C80.com",
        "\u115F.com",
        "Ⅎ.com",
        "\u0378.com"
      })
  void of_hostThatIdna2003ReadsOtherwise_isRefused_caseC8(String host) {
    assertThatThrownBy(() -> PageId.of("https://" + host + "/a"))
        .isInstanceOf(InvalidPageException.class)
        .hasMessageContaining("location.host");
  }

  @ParameterizedTest
  @CsvSource({
    "xn--strae-oqa.de, xn--strae-oqa.de",
    "MÜNCHEN.de, xn--mnchen-3ya.de",
    "ＥＸＡＭＰＬＥ．com, example.com",
    "例え。テスト, xn--r8jz45g.xn--zckzah",
    "xn--r8jz45g.テスト, xn--r8jz45g.xn--zckzah",
    "ısı.com, xn--s-ekab.com",
    "💩.la, xn--ls8h.la",
    "🦩.com, xn--5t9h.com",
    "ΒΌΛΟΣΑ.com, xn--mxab1aqu5c.com",
    "ⴀ.com, xn--rkj.com",
    "παράδειγμα.com, xn--hxajbheg2az3al.com"
  })
  void of_hostThatIsReadAlike_isItsAsciiForm_caseC8(String host, String expected) {
    assertThat(PageId.of("https://" + host + "/a").site()).isEqualTo(expected);
  }

  @Test
  void of_length_isJudgedInBytesOfTheStoredForm_caseB13() {
    assertThat(PageId.of("a".repeat(512)).toString()).hasSize(512);
    assertThat(PageId.of("%C3%A9".repeat(256)).toString()).isEqualTo("é".repeat(256));
    assertThat(PageId.of("/p?" + "x".repeat(2_000))).hasToString("/p");
    for (String tooLong :
        new String[] {
          "a".repeat(513),
          "a".repeat(2_049),
          "é".repeat(257),
          "%C3%A9".repeat(257),
          "é".repeat(1_000),
          "/p?" + "x".repeat(10_000),
          "%".repeat(171)
        }) {
      assertThatThrownBy(() -> PageId.of(tooLong))
          .isInstanceOf(InvalidPageException.class)
          .hasMessageContaining("512 bytes");
    }
  }

  @Test
  void of_randomTexts_areRefusedOrInOneFormForGood() {
    SplittableRandom random = new SplittableRandom(20_261_125);
    Set<String> kept = Set.of("id", "lang", "");
    int pages = 0;
    for (int i = 0; i < RANDOM_TEXTS; i++) {
      String raw = randomText(random);
      Set<String> keep = i % 2 == 0 ? Set.of() : kept;
      PageId page;
      try {
        page = PageId.of(raw, keep);
      } catch (InvalidPageException e) {
        continue;
      }
      pages++;
      String value = page.toString();
      assertThat(PageId.of(value, keep)).as("%s", raw).isEqualTo(page).hasToString(value);
      assertThat(PageId.of(value, keep).site()).as("%s", raw).isEqualTo(page.site());
      for (PageId again : List.of(PageId.of(value, keep), PageId.ofKey(value))) {
        assertThat(again.eventName()).as("%s", raw).isEqualTo(page.eventName());
      }
      assertThat(value.getBytes(StandardCharsets.UTF_8).length).isBetween(1, PageId.MAX_BYTES);
      assertThat(value).doesNotStartWith("#").doesNotContainPattern("[\\p{Cc}\\u2028\\u2029]");
      assertThat(new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(value);
    }
    assertThat(pages).as("random texts that are pages").isGreaterThan(RANDOM_TEXTS / 10);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, signup, example.com!signup",
    "example.com:8443, signup, example.com:8443!signup",
    "localhost:8080, signup, localhost:8080!signup",
    "[::1]:8080, signup, [::1]:8080!signup",
    "default, signup, default!signup",
    "intranet, signup, intranet.!signup",
    "example.com, Outbound Link: Click, example.com!Outbound Link: Click",
    "example.com, a/b?c#d, example.com!a/b?c#d",
    "example.com, 100%25 & !, example.com!100%25 & !",
    "example.com, '  spaced ', example.com!spaced",
    "example.com, cafe\u0301, example.com!café"
  })
  void event_ofASite_isReadBackAsItself(String site, String name, String expected) {
    PageId event = PageId.event(site, name);

    assertThat(event).hasToString(expected);
    for (PageId read :
        List.of(
            event, PageId.of(expected), PageId.of(expected, Set.of("c")), PageId.ofKey(expected))) {
      assertThat(read).isEqualTo(event).hasToString(expected);
      assertThat(read.site()).isEqualTo(site);
      assertThat(read.isEvent()).isTrue();
      assertThat(read.eventName()).isEqualTo(event.eventName());
    }
  }

  /** Older versions may have stored such names, which must stay readable. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wow!",
        "!important",
        "hello!world",
        "localhost!x",
        "example.com!",
        "Example.com!signup",
        "example.com.!signup",
        "example.com:80!signup",
        "default.!signup",
        "a..b!c",
        "-a.b!c",
        "straße.de!c",
        "example.com/a!b",
        "/a!b",
        "https://example.com/a!b",
        "example.com!\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
            + "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
            + "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
      })
  void of_otherTextWithAnExclamationMark_isAPage(String text) {
    assertThat(PageId.of(text).isEvent()).isFalse();
    assertThat(PageId.of(text).eventName()).isEmpty();
    assertThat(PageId.ofKey(text).isEvent()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "\u3000", "a\nb", "a\u0000", "\u0085x\u0085y", "a\u2028b", "a\uD800b"})
  void event_nameThatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> PageId.event("example.com", name))
        .isInstanceOf(InvalidPageException.class)
        .hasMessageContaining("event");
  }

  @Test
  void event_length_isJudgedInBytesOfTheStoredForm() {
    assertThat(PageId.event("a.b", "e\u0301".repeat(32)).eventName()).isEqualTo("é".repeat(32));
    for (String tooLong :
        new String[] {"a".repeat(65), "é".repeat(33), "a".repeat(9_000), "\u0301".repeat(9_000)}) {
      assertThatThrownBy(() -> PageId.event("a.b", tooLong))
          .isInstanceOf(InvalidPageException.class)
          .hasMessageContaining("64 bytes");
    }
  }

  @Test
  void page_eventOfAnAlias_belongsToItsSite() {
    PageRules rules =
        new PageRules(
            Set.of(), SiteAliases.of(List.of("www.example.com=example.com", "old=example.com")));

    assertThat(rules.page("www.example.com!signup")).hasToString("example.com!signup");
    assertThat(rules.page("old.!signup").site()).isEqualTo("example.com");
    assertThat(rules.page("old.!signup")).hasToString("example.com!signup");
  }

  private static String randomText(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(1, 9);
    for (int i = 0; i < pieces; i++) {
      text.append(
          random.nextInt(8) == 0
              ? new String(Character.toChars(random.nextInt(0x11_0000)))
              : PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
