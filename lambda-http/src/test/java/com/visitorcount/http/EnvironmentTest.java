package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnvironmentTest {
  @Test
  void required_present_isItsValue() {
    Environment environment = new Environment(Map.of("TABLE_NAME", "VisitorCount"));

    assertThat(environment.required("TABLE_NAME")).isEqualTo("VisitorCount");
    environment.requireFaultless();
  }

  @Test
  void list_blanksAroundCommas_areDropped() {
    Environment environment = new Environment(Map.of("SITES", " b.test, a.test,, "));

    assertThat(environment.list("SITES")).containsExactly("b.test", "a.test");
    assertThat(environment.list("ABSENT")).isEmpty();
  }

  @Test
  void flag_trueOrFalse_isRead() {
    Environment environment = new Environment(Map.of("ON", "true", "OFF", "false"));

    assertThat(environment.flag("ON")).isTrue();
    assertThat(environment.flag("OFF")).isFalse();
    assertThat(environment.flag("ABSENT")).isFalse();
    environment.requireFaultless();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "TRUE", "1", "yes", "true "})
  void flag_anythingElse_isAFault(String value) {
    Environment environment = new Environment(Map.of("ON", value));

    assertThat(environment.flag("ON")).isFalse();
    assertThatThrownBy(environment::requireFaultless)
        .hasMessageContaining("ON must be true or false");
  }

  @Test
  void requireFaultless_severalFaults_namesThemAll() {
    Environment environment = new Environment(Map.of("EMPTY", " "));
    environment.required("TABLE_NAME");
    environment.required("EMPTY");
    environment.fault("SITES: a/b is not a site");

    assertThatThrownBy(environment::requireFaultless)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The function's environment is invalid: TABLE_NAME is missing; EMPTY is missing;"
                + " SITES: a/b is not a site");
  }
}
