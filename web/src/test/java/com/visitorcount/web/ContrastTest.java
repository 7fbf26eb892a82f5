package com.visitorcount.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contrast of the dashboard's colours, as WCAG 2.2 defines it. */
final class ContrastTest {
  private static final Pattern COLOUR =
      Pattern.compile("--(\\w+): *light-dark\\(#([0-9a-f]{3,6}), *#([0-9a-f]{3,6})\\)");
  private static final double TEXT = 4.5;
  private static final double PARTS = 3;

  private final Map<String, String[]> colours = colours();

  /** Text colours and their backgrounds. */
  @ParameterizedTest
  @CsvSource({
    "ink, bg",
    "ink, surface",
    "ink, raise",
    "ink, bar",
    "ink, barh",
    "ink, warn",
    "mute, bg",
    "mute, surface",
    "mute, raise",
    "acc, surface",
    "accink, acc",
    "up, surface",
    "down, surface",
    "surface, ink"
  })
  void text_onWhatItStandsOn_canBeRead(String text, String ground) {
    assertContrast(text, ground, TEXT);
  }

  /** What must be visible to be usable: lines of the chart, borders of fields, the focus. */
  @ParameterizedTest
  @CsvSource({"acc, surface", "acc, bg", "line2, surface", "live, surface"})
  void part_onWhatItStandsOn_canBeSeen(String part, String ground) {
    assertContrast(part, ground, PARTS);
  }

  private void assertContrast(String first, String second, double least) {
    for (int theme = 0; theme < 2; theme++) {
      double one = luminance(requireNonNull(colours.get(first), first)[theme]);
      double other = luminance(requireNonNull(colours.get(second), second)[theme]);
      double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

      assertThat(contrast)
          .as("%s on %s, %s", first, second, theme == 0 ? "light" : "dark")
          .isGreaterThanOrEqualTo(least);
    }
  }

  private static Map<String, String[]> colours() {
    String css =
        new String(requireNonNull(new WebFiles().find("/dashboard/dashboard.css")).plain(), UTF_8);
    Map<String, String[]> colours = new HashMap<>();
    Matcher found = COLOUR.matcher(css);
    while (found.find()) {
      colours.put(found.group(1), new String[] {found.group(2), found.group(3)});
    }
    return colours;
  }

  private static double luminance(String hex) {
    String full = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
    return 0.2126 * channel(full, 0) + 0.7152 * channel(full, 2) + 0.0722 * channel(full, 4);
  }

  private static double channel(String hex, int start) {
    double value = Integer.parseInt(hex.substring(start, start + 2), 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
