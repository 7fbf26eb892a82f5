package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.http.QueryParameters;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case C14; the unknown zone represents any that is newer than the platform. */
final class ZonesTest {
  private static final String UNKNOWN = "timezone=America/New_Town";

  @ParameterizedTest
  @CsvSource({
    "'', Z",
    "timezone=UTC, UTC",
    "timezone=Europe/Berlin, Europe/Berlin",
    "timezone=Europe/Berlin&utc_offset=-03:00, Europe/Berlin",
    "timezone=America/New_Town&utc_offset=-03:00, -03:00",
    "timezone=America/New_Town&utc_offset=%2B05:45, +05:45",
    "timezone=America/New_Town&utc_offset=+05:45, +05:45",
    "timezone=America/New_Town&utc_offset=%2B00:00, Z"
  })
  void of_query_isTheZoneOrWhatStandsForIt(String query, String zone) {
    assertThat(Zones.of(QueryParameters.parse(query))).isEqualTo(ZoneId.of(zone));
  }

  @Test
  void fallback_isToldOnlyWhereTheZoneIsUnknown() {
    assertThat(Zones.fallback(QueryParameters.parse(UNKNOWN + "&utc_offset=-03:00")))
        .isEqualTo(ZoneOffset.ofHours(-3));
    assertThat(Zones.fallback(QueryParameters.parse("timezone=Europe/Berlin&utc_offset=%2B02:00")))
        .isNull();
    assertThat(Zones.fallback(QueryParameters.parse("utc_offset=%2B02:00"))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "europe/berlin, Europe/Berlin",
    "Europe/Berln, Europe/Berlin",
    "America/NewYork, America/New_York",
    "Asia/Katmandoo, Asia/Katmandu",
    "Pacific/Aukland, Pacific/Auckland"
  })
  void of_unknownNameAlone_saysTheNearest(String name, String nearest) {
    assertThatThrownBy(() -> Zones.of(QueryParameters.parse("timezone=" + name)))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining(" " + nearest + ";");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "99:00", "-3:xx", "Europe/Berlin"})
  void of_offsetThatIsNone_isRefused(String offset) {
    assertThatThrownBy(() -> Zones.of(QueryParameters.parse(UNKNOWN + "&utc_offset=" + offset)))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("+02:00");
  }

  @Test
  void of_longName_isReadNoFurtherThanNamesAre() {
    assertThatThrownBy(
            () -> Zones.of(QueryParameters.parse("timezone=" + "America/".repeat(10_000))))
        .isInstanceOf(InvalidQuestionException.class);
  }
}
