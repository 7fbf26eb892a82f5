package com.visitorcount.badge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemType;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadgeRequestTest {
  private static final BigInteger COUNT = BigInteger.valueOf(12_421);

  @Test
  void image_noWishes_isTheDefault() {
    HttpResponse response = request("").image(COUNT);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsOnly(
            Map.entry("content-type", "image/svg+xml; charset=utf-8"),
            Map.entry("content-security-policy", "default-src 'none'"),
            Map.entry("x-content-type-options", "nosniff"),
            Map.entry("vary", "origin"),
            Map.entry("cache-control", "no-store"));
    assertThat(response.base64()).isFalse();
    Svg svg = Svg.parse(response.body());
    assertThat(svg.title()).isEqualTo("views: 12,421");
    assertThat(svg.fills()).containsExactly("#555", "#1b6ca8");
  }

  @Test
  void image_wishes_areFulfilled() {
    Svg svg = image("label=page+views&color=%230b6e5f&style=flat-square&compact=true");

    assertThat(svg.title()).isEqualTo("page views: 12.4k");
    assertThat(svg.fills()).containsExactly("#555", "#0b6e5f");
    assertThat(svg.elements("text")).hasSize(2);
    assertThat(image("style=flat").elements("text")).as("with shadows").hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "label=",
        "label",
        "label=%20%00",
        "color=nope",
        "color=",
        "style=round",
        "style=FLAT-SQUARE",
        "compact=false",
        "compact",
        "compact=TRUE",
        "x=1"
      })
  void image_wishNotUnderstood_isTheDefault(String query) {
    assertThat(request(query).image(COUNT)).isEqualTo(request("").image(COUNT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "R&D <core>",
        "</text><script>alert(1)</script>",
        "\" onload=\"x",
        "' onload='x",
        "]]><!--",
        "&#0;&amp;&lt;",
        "👀 👨\u200D👩\u200D👧 🇩🇪",
        "عدد الزيارات צפיות"
      })
  void image_hostileLabel_isText_caseB35(String label) {
    Svg svg = image("label=" + URLEncoder.encode(label, UTF_8));

    assertThat(svg.title()).isEqualTo(label + ": 12,421");
    assertThat(svg.attribute("aria-label")).isEqualTo(svg.title());
    assertThat(svg.texts()).containsExactly(label, "12,421");
    assertThat(svg.elements("script")).isEmpty();
    assertThat(svg.attribute("onload")).isEmpty();
  }

  @Test
  void image_nulOrLongLabel_isCut_caseB35() {
    assertThat(image("label=a%00b").texts()).contains("ab");
    assertThat(image("label=%ED%A0%80a").texts()).as("an encoded half of a pair").hasSize(2);
    assertThat(image("label=" + "x".repeat(500)).texts()).contains("x".repeat(40));
  }

  @Test
  void image_hostileColour_isTheDefault_caseB35() {
    HttpResponse response =
        request("color=" + URLEncoder.encode("red\" onclick=", UTF_8)).image(COUNT);

    assertThat(response).isEqualTo(request("").image(COUNT));
  }

  @Test
  void image_hugeCount_isWhole() {
    BigInteger count = new BigInteger("99999999999999999999999999999999999999");

    assertThat(Svg.parse(request("").image(count).body()).texts())
        .contains("99,999,999,999,999,999,999,999,999,999,999,999,999");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_PAGE, invalid page, #b42318",
    "SITE_NOT_CONFIGURED, unknown site, #b42318",
    "MALFORMED_REQUEST, invalid request, #b42318",
    "TOO_MANY_REQUESTS, try again later, #6e7781",
    "COUNTERS_UNAVAILABLE, unavailable, #6e7781",
    "INVALID_QUERY, invalid request, #b42318",
    "UNAUTHORIZED, not public, #b42318",
    "BROKEN_COUNTER, broken counter, #6e7781",
    "INTERNAL_ERROR, unavailable, #6e7781"
  })
  void image_problem_saysSo(ProblemType type, String words, String colour) {
    HttpResponse response =
        BadgeRequest.image(
            Problem.of(type, "detail"), http("label=readers&color=green&style=flat-square"));

    Svg svg = Svg.parse(response.body());
    assertThat(svg.texts()).containsExactly("readers", words);
    assertThat(svg.fills()).containsExactly("#555", colour);
  }

  @ParameterizedTest
  @EnumSource
  void image_anyProblem_is200AndNeverKept_caseB36(ProblemType type) {
    HttpResponse response = BadgeRequest.image(Problem.of(type, null), http("logo=none"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("cache-control", "no-cache, no-store, max-age=0")
        .containsEntry("content-type", "image/svg+xml; charset=utf-8")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("content-security-policy", "default-src 'none'");
    Svg.parse(response.body());
  }

  private static Svg image(String query) {
    return Svg.parse(request(query).image(COUNT).body());
  }

  private static BadgeRequest request(String query) {
    return BadgeRequest.of(http(query));
  }

  private static HttpRequest http(String query) {
    return new HttpRequest("r", "GET", "/badge.svg", query, Map.of(), null, false, "192.0.2.1");
  }
}
