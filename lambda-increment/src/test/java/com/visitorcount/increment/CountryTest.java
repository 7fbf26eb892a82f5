package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CountryTest {
  private static final Set<String> ASSIGNED = Set.of(Locale.getISOCountries());

  /** Zones defined only by an offset, which span countries. */
  private static final Pattern NO_COUNTRY =
      Pattern.compile(
          "(?:Etc|SystemV)/.*|[CEMPW]ET|(?:CST6C|EST5E|MST7M|PST8P)DT"
              + "|GMT0?|UTC|UCT|Zulu|Universal|Greenwich");

  @ParameterizedTest
  @CsvSource({"DE, DE", "us, US", "Gb, GB", "tw, TW"})
  void ofCode_assigned_isUpperCase_caseB32(String code, String country) {
    assertThat(Country.ofCode(code)).isEqualTo(country);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "XX", "T1", "ZZ", "USA", "<b>", "D", "D ", " DE", "ß", "ſs", "AN", "\u0130N"})
  void ofCode_anythingElse_isNone_caseB32(String code) {
    assertThat(Country.ofCode(code)).isEmpty();
  }

  static Stream<String> zones() {
    return ZoneId.getAvailableZoneIds().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("zones")
  void ofTimeZone_everyZoneOfThePlatform_hasACountryOrCannotHaveOne(String zone) {
    if (NO_COUNTRY.matcher(zone).matches()) {
      assertThat(Country.ofTimeZone(zone)).isEmpty();
    } else {
      assertThat(ASSIGNED).contains(Country.ofTimeZone(zone));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, DE",
    "Asia/Kolkata, IN",
    "Asia/Calcutta, IN",
    "Europe/Kyiv, UA",
    "Europe/Kiev, UA",
    "Asia/Saigon, VN",
    "America/Buenos_Aires, AR",
    "America/Argentina/Buenos_Aires, AR",
    "US/Pacific, US",
    "America/Indianapolis, US",
    "America/Coral_Harbour, CA",
    "Atlantic/Reykjavik, IS",
    "Iceland, IS",
    "Africa/Timbuktu, ML",
    "Africa/Asmera, ER",
    "Europe/Copenhagen, DK",
    "Europe/Oslo, NO",
    "Europe/Stockholm, SE",
    "Europe/Luxembourg, LU",
    "Europe/Amsterdam, NL",
    "Arctic/Longyearbyen, SJ",
    "Pacific/Truk, FM",
    "America/Virgin, VI",
    "Asia/Istanbul, TR",
    "Turkey, TR",
    "GB, GB"
  })
  void ofTimeZone_byAnyName_isTheCountryItIsIn(String zone, String country) {
    assertThat(Country.ofTimeZone(zone)).isEqualTo(country);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "UTC", "europe/berlin", "Europe/Berlin ", "Mars/Phobos", "+01:00", "#"})
  void ofTimeZone_anythingElse_isNone(String zone) {
    assertThat(Country.ofTimeZone(zone)).isEmpty();
  }

  @Test
  void ofTimeZone_namesAPlatformMayLack_areThere() {
    assertThat(Country.ofTimeZone("America/Coyhaique")).isEqualTo("CL");
    assertThat(Country.ofTimeZone("America/Ciudad_Juarez")).isEqualTo("MX");
  }
}
