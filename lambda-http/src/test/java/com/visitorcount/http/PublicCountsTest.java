package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.page.PageId;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicCountsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "all", " all ", "**", "other,**"})
  void all_includesEverything(String setting) {
    PublicCounts counts = counts(setting);

    assertThat(counts.areAll()).isTrue();
    assertThat(counts.include(PageId.DEFAULT_PAGE)).isTrue();
    assertThat(counts.include(PageId.of("example.com/a/b"))).isTrue();
    assertThat(counts.includeSite("example.com")).isTrue();
  }

  @Test
  void none_includesNothing() {
    PublicCounts counts = counts("none");

    assertThat(counts.areAll()).isFalse();
    assertThat(counts.include(PageId.DEFAULT_PAGE)).isFalse();
    assertThat(counts.include(PageId.of("none"))).isFalse();
    assertThat(counts.includeSite("default")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "main_page, main_page, true",
    "main_page, main_pages, false",
    "example.com/**, example.com/, true",
    "example.com/**, example.com/blog/first, true",
    "example.com/**, example.org/, false",
    "example.com/*, example.com/blog, true",
    "example.com/*, example.com/blog/first, false",
    "example.com/*/first, example.com/blog/first, true",
    "**/first, example.com/a/b/first, true",
    "**/first, example.com/a/b/first/c, false",
    "*.example.com/**, www.example.com/a, true",
    "*.example.com/**, example.com/a, false",
    "'a,b*c', bxxc, true",
    "'a,b*c', ab, false"
  })
  void pages_areOpenByNameOrPattern(String setting, String page, boolean open) {
    assertThat(counts(setting).include(PageId.of(page))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "example.com/**, example.com, true",
    "example.com/**, example.org, false",
    "example.com/*, example.com, false",
    "example.com/blog/**, example.com, false",
    "*/**, example.com, true",
    "*.example.com/**, www.example.com, true",
    "example.com**, example.com, false"
  })
  void site_isOpenIfAllItsPagesAre(String setting, String site, boolean open) {
    assertThat(counts(setting).includeSite(site)).isEqualTo(open);
  }

  @Test
  void include_anyPatternAndPage_isAsARegularExpressionSays() {
    Random random = new Random(20261129);
    for (int i = 0; i < 20_000; i++) {
      String pattern = text(random, "ab/*", 8);
      String page = "x" + text(random, "ab/", 8);
      String regex =
          Pattern.compile("\\*\\*|\\*|[^*]+")
              .matcher("x" + pattern)
              .replaceAll(
                  part ->
                      switch (part.group()) {
                        case "**" -> ".*";
                        case "*" -> "[^/]*";
                        default -> part.group();
                      });
      PageId id = PageId.of(page);

      assertThat(PublicCounts.of(Set.of("x" + pattern)).include(id))
          .as("%s of %s", pattern, id)
          .isEqualTo(id.toString().matches(regex));
    }
  }

  @Test
  void include_manyStars_takesStepsOfTheProduct() {
    assertThat(counts("a*".repeat(200)).include(PageId.of("a".repeat(511) + "b"))).isTrue();
    assertThat(counts("**a".repeat(130) + "c").include(PageId.of("a".repeat(512)))).isFalse();
  }

  private static String text(Random random, String letters, int max) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(max); i > 0; i--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static PublicCounts counts(String setting) {
    return PublicCounts.from(new Environment(Map.of("PUBLIC_COUNTS", setting)));
  }
}
