package com.visitorcount.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ColourTest {
  /** WCAG 2.2, success criterion 1.4.3. */
  private static final double AA = 4.5;

  private static final long SEED = 20261125;

  @Test
  void named_allOfThem_takeWhiteText() {
    assertThat(Colour.NAMED)
        .allSatisfy(
            (name, colour) -> {
              assertThat(Colour.of(name)).isEqualTo(colour);
              assertThat(colour.text().hex()).isEqualTo("#fff");
              assertThat(contrast(colour.hex(), "#fff")).as(name).isGreaterThanOrEqualTo(AA);
            });
  }

  @Test
  void text_onAnyColour_hasEnoughContrast() {
    IntStream three = IntStream.range(0, 0x1000);
    IntStream six = new Random(SEED).ints(100_000, 0, 0x1000000);

    assertThat(three.mapToObj("#%03x"::formatted)).allSatisfy(ColourTest::hasEnoughContrast);
    assertThat(six.mapToObj("#%06x"::formatted)).allSatisfy(ColourTest::hasEnoughContrast);
    assertThat(IntStream.range(0, 256).mapToObj("#%1$02x%1$02x%1$02x"::formatted))
        .allSatisfy(ColourTest::hasEnoughContrast);
  }

  private static void hasEnoughContrast(String hex) {
    assertThat(contrast(hex, Colour.of(hex).text().hex())).as(hex).isGreaterThanOrEqualTo(AA);
  }

  @Test
  void contrast_ofTheTest_isThatOfOthers() {
    assertThat(contrast("#fff", "#000")).isEqualTo(21);
    assertThat(contrast("#777", "#fff")).isBetween(4.47, 4.48);
    assertThat(contrast("#767676", "#fff")).isBetween(4.54, 4.55);
  }

  @ParameterizedTest
  @CsvSource({
    "1b6ca8, #1b6ca8",
    "#1B6CA8, #1b6ca8",
    "fff, #fff",
    "#FfF, #fff",
    "bad, #bad",
    "Red, #b42318",
    "GREY, #6e7781",
    "gray, #6e7781"
  })
  void of_nameOrHex_isThatColour(String text, String hex) {
    assertThat(Colour.of(text).hex()).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "ff",
        "ffff",
        "#12345",
        "#1234567",
        "##fff",
        "ggg",
        "#12g",
        "１２３",
        "brightgreen",
        "currentColor",
        "rgb(0,0,0)",
        "url(#r)",
        "red\" onclick=",
        "#fff\"",
        "fff\n",
        " red",
        "redx"
      })
  void of_anythingElse_isBlue_caseB35(String text) {
    assertThat(Colour.of(text)).isEqualTo(Colour.BLUE);
  }

  @Test
  void of_nothing_isBlue() {
    assertThat(Colour.of(null)).isEqualTo(Colour.BLUE);
  }

  @Test
  void constructor_noHex_isRefused() {
    assertThatThrownBy(() -> new Colour("red")).isInstanceOf(IllegalArgumentException.class);
  }

  private static double contrast(String one, String other) {
    double a = luminance(one) + 0.05;
    double b = luminance(other) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  private static double luminance(String hex) {
    String six = hex.length() == 4 ? hex.substring(1).replaceAll("(.)", "$1$1") : hex.substring(1);
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  }
}
