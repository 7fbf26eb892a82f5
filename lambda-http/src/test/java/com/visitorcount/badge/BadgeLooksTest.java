package com.visitorcount.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Styles, logos, charts and locales of badges. */
final class BadgeLooksTest {
  private static final BigInteger COUNT = BigInteger.valueOf(48_213);

  @ParameterizedTest
  @CsvSource({
    "flat, 20, 'page views|48,213', page views",
    "flat-square, 20, 'page views|48,213', page views",
    "plastic, 18, 'page views|48,213', page views",
    "for-the-badge, 28, 'PAGE VIEWS|48,213', page views",
    "social, 20, 'Page views|48,213', page views"
  })
  void style_writesLabelAndCount(String style, String height, String texts, String label) {
    Svg svg = image("label=page+views&style=" + style);

    assertThat(svg.attribute("height")).isEqualTo(height);
    assertThat(svg.texts()).containsExactly(texts.split("\\|"));
    assertThat(svg.title()).isEqualTo(label + ": 48,213");
    assertThat(svg.attribute("aria-label")).isEqualTo(svg.title());
  }

  @ParameterizedTest
  @EnumSource
  void style_anyLabelAndColour_isWellFormed(BadgeStyle style) {
    Random random = new Random(20261129);
    List<Logo> logos = List.of(Logo.values());
    for (int i = 0; i < 500; i++) {
      StringBuilder label = new StringBuilder();
      for (int j = random.nextInt(50); j > 0; j--) {
        label.appendCodePoint(random.nextInt(3) > 0 ? random.nextInt(0x3000) : '<');
      }
      Colour colour = Colour.of("%06x".formatted(random.nextInt(1 << 24)));
      Bars bars = new Bars(random.longs(1 + random.nextInt(30), 0, 1_000).boxed().toList());
      Logo logo = logos.get(random.nextInt(logos.size()));
      Label cut = new Label(label.toString());

      Svg svg = Svg.parse(new Badge(cut, "1,234", colour, style, logo, bars, "note").svg());

      assertThat(svg.title()).isEqualTo(cut.value() + ": 1,234 (note)");
      assertThat(svg.elements("script")).isEmpty();
    }
  }

  /** If several badges are in one document, an id in one must not change another. */
  @ParameterizedTest
  @EnumSource
  void style_namesNothingThatDiffersBetweenBadges(BadgeStyle style) {
    String one = new Badge(new Label("a"), "1", Colour.BLUE, style).svg();
    String other = new Badge(new Label("b"), "1,234,567", Colour.RED, style).svg();

    assertThat(named(one)).isEqualTo(named(other));
    assertThat(one).doesNotContain("href", "style=", "<style", "<script");
  }

  private static List<String> named(String svg) {
    return Arrays.stream(svg.split("(?=<linearGradient)"))
        .filter(part -> part.startsWith("<linearGradient"))
        .map(part -> part.substring(0, part.indexOf("</linearGradient>")))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eye", "chart", "heart", "star", "book", "download", "person"})
  void logo_isLeftOfTheLabelAndHidden(String logo) {
    String badge = request("logo=" + logo).image(COUNT).body();
    int plain = Integer.parseInt(image("").attribute("width"));

    assertThat(badge).contains("translate(5 3)\" d=\"M");
    assertThat(Svg.parse(badge).attribute("width")).isEqualTo(Integer.toString(plain + 17));
    assertThat(Svg.parse(badge).title()).isEqualTo("views: 48,213");
  }

  @Test
  void bars_areOnePathWithItsAlternative() {
    List<Long> days = LongStream.of(0, 5, 10, 3).boxed().toList();
    String badge = request("").image("views", List.of(COUNT), new Bars(days)).body();

    assertThat(badge)
        .contains("v-0.5h2v0.5z", "v-5h2v5z", "v-10h2v10z", "v-3h2v3z")
        .contains("aria-label=\"views: 48,213 (last 4 days: 18, at most 10 a day)\"");
    assertThat(Svg.parse(badge).attribute("width"))
        .isEqualTo(Integer.toString(Integer.parseInt(image("").attribute("width")) + 4 * 3 + 4));
  }

  @Test
  void bars_ofQuietDays_areFlat() {
    String badge =
        request("").image("views", List.of(COUNT), new Bars(Collections.nCopies(30, 0L))).body();

    assertThat(badge).contains("last 30 days: 0, at most 0 a day").doesNotContain("NaN");
    assertThatThrownBy(() -> new Bars(List.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bars(List.of(-1L))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Bars(Collections.nCopies(31, 0L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "locale=de; 48.213",
        "locale=de&compact=true; 48.213",
        "locale=fr; 48\u202f213",
        "locale=de-CH; 48'213",
        "locale=ja&compact=true; 4.8万",
        "locale=en&compact=true; 48.2K",
        "locale=en-GB; 48,213",
        "base=100000; 148,213",
        "base=0; 48,213",
        "base=999999999999999999; 1,000,000,000,000,048,212",
        "base=951787&compact=true; 1M"
      })
  void count_isWrittenAsAskedFor(String query, String text) {
    assertThat(image(query).texts()).contains(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "logo=github",
        "logo=EYE",
        "logo=",
        "logo=%3Cscript%3E",
        "base=-1",
        "base=1.5",
        "base=",
        "base=1e9",
        "base=1234567890123456789",
        "base=%D9%A1",
        "locale=",
        "locale=d",
        "locale=de_DE",
        "locale=xx-%3Cscript%3E",
        "locale=de-u-nu-latn-x-aaaaaaaa-bbbbbbbb-cccccccc"
      })
  void parameterThatIsNone_isAnInvalidQuery(String query) {
    assertThatThrownBy(() -> request(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.INVALID_QUERY));
  }

  @Test
  void numbers_severalOrUnknown_areParted() {
    HttpResponse response =
        request("").image("today / total", Arrays.asList(BigInteger.TEN, null), null);

    assertThat(Svg.parse(response.body()).title()).isEqualTo("today / total: 10 / n/a");
  }

  @Test
  void closed_saysSoAndKeepsTheLabel() {
    Svg svg = Svg.parse(request("label=readers").closed().body());

    assertThat(svg.texts()).containsExactly("readers", "not public");
  }

  private static Svg image(String query) {
    return Svg.parse(request(query).image(COUNT).body());
  }

  private static BadgeRequest request(String query) {
    return BadgeRequest.of(
        new HttpRequest("r", "GET", "/badge.svg", query, Map.of(), null, false, "192.0.2.1"));
  }
}
