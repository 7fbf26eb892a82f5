package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PagePatternsTest {
  private static final int RANDOM_CASES = 20_000;

  @Test
  void match_randomPatternsAndTexts_isAsRegularExpressionsSay() {
    Random random = new Random(7);
    int matches = 0;
    for (int i = 0; i < RANDOM_CASES; i++) {
      List<String> patterns = new ArrayList<>();
      for (int count = 1 + random.nextInt(3); count > 0; count--) {
        patterns.add(text(random, 6, "a", "b", "/", "*", "**", "\\*", "\\", "\\\\", "é"));
      }
      String text = text(random, 8, "a", "b", "/", "*", "\\", "é", "\n");
      boolean expected =
          patterns.stream().anyMatch(pattern -> expression(pattern).matcher(text).matches());
      matches += expected ? 1 : 0;

      assertThat(new PagePatterns(patterns).match(text))
          .as("%s in %s", text, patterns)
          .isEqualTo(expected);
    }
    assertThat(matches).isBetween(RANDOM_CASES / 20, RANDOM_CASES * 19 / 20);
  }

  @Test
  void match_patternsOfManyWords_isAsRegularExpressionsSay() {
    Random random = new Random(8);
    for (int i = 0; i < 200; i++) {
      List<String> patterns = new ArrayList<>();
      for (int count = 0; count < 20; count++) {
        patterns.add("x".repeat(random.nextInt(150)) + text(random, 3, "*", "**", "y", "/"));
      }
      for (String pattern : patterns) {
        String text = pattern.replace("*", random.nextBoolean() ? "" : "y/");
        boolean expected =
            patterns.stream().anyMatch(one -> expression(one).matcher(text).matches());

        assertThat(new PagePatterns(patterns).match(text))
            .as("%s in %s", text, patterns)
            .isEqualTo(expected);
      }
    }
  }

  private static String text(Random random, int most, String... pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  private static Pattern expression(String pattern) {
    StringBuilder expression = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
        expression.append(Pattern.quote(pattern.substring(i, i + 1)));
      } else if (pattern.startsWith("**", i)) {
        i++;
        expression.append(".*");
      } else if (pattern.charAt(i) == '*') {
        expression.append("[^/]*");
      } else {
        expression.append(Pattern.quote(pattern.substring(i, i + 1)));
      }
    }
    return Pattern.compile(expression.toString(), Pattern.DOTALL);
  }
}
