package com.visitorcount.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteAliasesTest {
  private static final PageRules RULES =
      new PageRules(
          Set.of("id"),
          SiteAliases.of(
              List.of("www.example.com=example.com", "Example.ORG:443=example.com", "a.b=c.d:81")));

  @ParameterizedTest
  @CsvSource({
    "https://www.example.com/a?id=1&x=2, example.com/a?id=1",
    "www.example.com/, example.com/",
    "WWW.Example.com./a/, example.com/a",
    "http://example.org/a, example.com/a",
    "example.com/a, example.com/a",
    "a.b/x, c.d:81/x",
    "c.d/x, c.d/x",
    "www.example.com.evil.example/a, www.example.com.evil.example/a",
    "xwww.example.com/a, xwww.example.com/a",
    "blog.www.example.com/a, blog.www.example.com/a",
    "/a, /a",
    "www.example.com, www.example.com",
    "main_page, main_page"
  })
  void page_ofAnAlias_isThatOfItsSite(String raw, String page) {
    assertThat(RULES.page(raw)).hasToString(page);
    assertThat(RULES.page(page)).isEqualTo(RULES.page(raw));
    assertThat(RULES.page(raw).site()).isEqualTo(PageId.ofKey(page).site());
  }

  @Test
  void page_thatIsTooLongUnderItsSite_isRefused() {
    PageRules rules =
        new PageRules(Set.of(), SiteAliases.of(List.of("a.b=" + "long.".repeat(10) + "example")));
    String page = "a.b/" + "x".repeat(PageId.MAX_BYTES - 10);

    assertThat(PageId.of(page)).hasToString(page);
    assertThatThrownBy(() -> rules.page(page)).isInstanceOf(InvalidPageException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.example.com",
        "=",
        "=example.com",
        "www.example.com=",
        "a b=example.com",
        "www.example.com/=example.com",
        "www.example.com=example.com/blog",
        "https://www.example.com=example.com",
        "default=example.com",
        "www.example.com=default",
        "www.example.com=example.com=example.org",
        "a.example=a.example"
      })
  void of_entryThatIsNone_isRefusedByName(String entry) {
    assertThatThrownBy(() -> SiteAliases.of(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(entry);
  }

  @Test
  void of_chainsAndSecondSites_areRefused() {
    assertThatThrownBy(() -> SiteAliases.of(List.of("a.example=b.example", "b.example=c.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.example=b.example");
    assertThatThrownBy(() -> SiteAliases.of(List.of("a.example=b.example", "a.example=c.example")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.example=c.example");
  }
}
