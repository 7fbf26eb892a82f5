package com.visitorcount.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ViewIdTest {
  @Test
  void viewId_visibleAscii_isKept() {
    assertThat(new ViewId("0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11").value()).hasSize(36);
    assertThat(new ViewId("!".repeat(64)).value()).hasSize(64);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\n", "é", "\u0000", "\u2028"})
  void viewId_anythingElse_isRefused(String value) {
    assertThatThrownBy(() -> new ViewId(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void viewId_tooLong_isRefused() {
    assertThatThrownBy(() -> new ViewId("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64");
  }
}
