package com.visitorcount.badge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CountTextTest {
  private static final CountText EXACT = new CountText(false, null);
  private static final CountText COMPACT = new CountText(true, null);

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, '1,000'",
    "12345, '12,345'",
    "1234567, '1,234,567'",
    "9007199254740993, '9,007,199,254,740,993'",
    "99999999999999999999999999999999999999,"
        + " '99,999,999,999,999,999,999,999,999,999,999,999,999'"
  })
  void exact_anyCount_isGrouped(BigInteger count, String text) {
    assertThat(EXACT.of(count)).isEqualTo(text);
  }

  @Test
  void exact_withoutCommas_isTheCount() {
    BigInteger count = BigInteger.TEN.pow(1_000).subtract(BigInteger.ONE);

    assertThat(EXACT.of(count).replace(",", "")).isEqualTo(count.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1k",
    "1099, 1k",
    "1100, 1.1k",
    "12421, 12.4k",
    "12499, 12.4k",
    "99999, 99.9k",
    "100000, 100k",
    "123456, 123k",
    "999999, 999k",
    "1000000, 1M",
    "1284391, 1.2M",
    "999999999, 999M",
    "3000000000, 3B",
    "1500000000000, 1.5T",
    "999999999999999, 999T",
    "1234000000000000, '1,234T'",
    "9007199254740993, '9,007T'",
    "99999999999999999999999999999999999999, '99,999,999,999,999,999,999,999,999T'"
  })
  void compact_anyCount_isCutNotRounded(BigInteger count, String text) {
    assertThat(COMPACT.of(count)).isEqualTo(text);
  }

  @Test
  void negativeCount_isRefused() {
    BigInteger negative = BigInteger.ONE.negate();

    assertThatThrownBy(() -> EXACT.of(negative)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> COMPACT.of(negative)).isInstanceOf(IllegalArgumentException.class);
  }
}
