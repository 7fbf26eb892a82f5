package com.visitorcount.badge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

final class BadgeTest {
  private static final long SEED = 20261125;
  private static final int RANDOM_LABELS = 10_000;

  @ParameterizedTest
  @CsvSource({
    "flat.svg, views, '1,284,391', blue, flat",
    "flat-square.svg, views, '1,284,391', blue, flat-square",
    "dark-text.svg, page views, 12.4k, #ffd33d, flat",
    "chinese.svg, 访问次数, 7, purple, flat-square",
    "markup.svg, 'R&D <core> \"a\" ''b''', 0, green, flat-square"
  })
  void svg_isAsLookedAt(String file, String label, String text, String colour, String style)
      throws IOException {
    Badge badge = new Badge(new Label(label), text, Colour.of(colour), BadgeStyle.of(style));

    assertThat(badge.svg() + "\n").isEqualTo(resource(file));
    Svg.parse(badge.svg());
  }

  @Test
  void svg_partsAndTexts_fitTogether() {
    Svg svg = svg("page views", "1,234");

    assertThat(svg.attribute("width")).isEqualTo("114");
    assertThat(svg.attribute("height")).isEqualTo("20");
    assertThat(svg.attribute("role")).isEqualTo("img");
    assertThat(svg.attribute("aria-label")).isEqualTo("page views: 1,234");
    assertThat(svg.title()).isEqualTo("page views: 1,234");
    assertThat(svg.texts()).containsExactly("page views", "1,234");
    for (Element text : svg.elements("text")) {
      assertThat(text.getAttribute("textLength")).matches("[0-9]+");
    }
  }

  @Test
  void svg_severalInOneDocument_cannotClash() {
    assertThat(svg("views", "1").document().getDocumentElement().getOwnerDocument())
        .satisfies(document -> assertThat(document.getElementById("r")).isNull());
    assertThat(new Badge(new Label("views"), "1", Colour.BLUE, BadgeStyle.FLAT).svg())
        .doesNotContain(" id=", "url(", "href", "style=", "<style", "<script");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "i, 4",
    "1, 8",
    "111, 22",
    "1111, 28",
    "WWW, 34",
    "访问, 22",
    "é, 8",
    "e\u0301, 8",
    "👀, 12",
    "👨\u200D👩, 22"
  })
  void widthPx_isEvenAndHoldsTheText(String text, int widthPx) {
    assertThat(Font.VERDANA.widthPx(text)).isEqualTo(widthPx);
  }

  @Test
  void svg_anyLabel_isWellFormedAndBounded() {
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_LABELS; i++) {
      Label label = new Label(randomText(random));
      BadgeStyle style = random.nextBoolean() ? BadgeStyle.FLAT : BadgeStyle.FLAT_SQUARE;
      Svg svg = Svg.parse(new Badge(label, "1,234", Colour.BLUE, style).svg());

      assertThat(svg.title()).isEqualTo(label.value() + ": 1,234");
      assertThat(svg.attribute("aria-label")).isEqualTo(svg.title());
      assertThat(svg.texts()).containsExactly(label.value(), "1,234");
      assertThat(label.value().codePoints().count()).isBetween(0L, 40L);
      assertThat(Integer.parseInt(svg.attribute("width"))).isBetween(30, 40 * 11 + 64);
      assertThat(svg.elements("*"))
          .extracting(Element::getTagName)
          .isSubsetOf(Set.of("svg", "title", "path", "g", "text"));
    }
  }

  /** Characters that break XML or change text direction, from all planes, and lone surrogates. */
  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(120);
    for (int i = 0; i < length; i++) {
      switch (random.nextInt(6)) {
        case 0 -> text.append("<>&\"'/;]]>-=!".charAt(random.nextInt(13)));
        case 1 -> text.append((char) random.nextInt(0x20));
        case 2 -> text.append((char) random.nextInt(0x10000));
        case 3 -> text.appendCodePoint(random.nextInt(Character.MAX_CODE_POINT + 1));
        case 4 -> text.append((char) (0x2000 + random.nextInt(0x70)));
        default -> text.append((char) (' ' + random.nextInt(95)));
      }
    }
    return text.toString();
  }

  private static Svg svg(String label, String text) {
    return Svg.parse(new Badge(new Label(label), text, Colour.BLUE, BadgeStyle.FLAT).svg());
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = BadgeTest.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), UTF_8);
    }
  }
}
