package com.visitorcount.badge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LabelTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "views",
        "R&D <core>",
        "访问次数",
        "عدد الزيارات",
        "👨\u200D👩\u200D👧 views",
        "e\u0301"
      })
  void value_ofWords_isAsItWas(String text) {
    assertThat(new Label(text).value()).isEqualTo(text);
  }

  @Test
  void value_blanks_areOneSpace() {
    assertThat(new Label(" \ta\r\n b\u00A0\u3000\u2028c\u0085").value()).isEqualTo("a b c");
    assertThat(new Label("a \u0000 b").value()).isEqualTo("a b");
    assertThat(new Label("\u0000 \u0007").value()).isEmpty();
  }

  static IntStream dropped() {
    return IntStream.of(
        0x0000, 0x0008, 0x001B, 0x007F, 0x009F, 0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C,
        0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFDD0,
        0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF);
  }

  @ParameterizedTest
  @MethodSource("dropped")
  void value_whatCannotBeShownOrTurnsTheText_isDropped(int codePoint) {
    String text = new StringBuilder("a").appendCodePoint(codePoint).append('b').toString();

    assertThat(new Label(text).value()).isEqualTo("ab");
  }

  @Test
  void value_long_isCutBetweenCodePoints() {
    assertThat(new Label("x".repeat(500)).value()).isEqualTo("x".repeat(40));
    assertThat(new Label("x".repeat(40)).value()).hasSize(40);
    assertThat(new Label("👀".repeat(41)).value()).isEqualTo("👀".repeat(40));
    assertThat(new Label("x".repeat(39) + " yz").value()).isEqualTo("x".repeat(39));
  }
}
