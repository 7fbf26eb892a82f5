package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
  void requireFaultless_severalFaults_namesThemAll() {
    Environment environment = new Environment(Map.of("EMPTY", " "));
    environment.required("TABLE_NAME");
    environment.required("EMPTY");
    environment.fault("SITES: a/b is not a site");

    assertThatThrownBy(environment::requireFaultless)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "The function's environment is wrong: TABLE_NAME is missing; EMPTY is missing;"
                + " SITES: a/b is not a site");
  }
}
