package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class CounterItemTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "41, 41",
    "42.0, 42",
    "4.2E1, 42",
    "4.2e+1, 42",
    "1E+2, 100",
    "100E-2, 1",
    "0042, 42",
    "9007199254740993, 9007199254740993",
    "9223372036854775808, 9223372036854775808",
    "99999999999999999999999999999999999999, 99999999999999999999999999999999999999",
    "1.2345678901234567890123456789012345678E+37, 12345678901234567890123456789012345678"
  })
  void views_anyFormOfAWholeNumber_isExact(String number, String expected) {
    assertThat(CounterItem.views(Map.of("views", AttributeValue.fromN(number))))
        .hasToString(expected);
  }

  @Test
  void views_itemWithoutIt_isZero() {
    assertThat(CounterItem.views(Map.of())).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"41.5", "1E-3", "NaN", "x"})
  void views_noWholeNumber_isAFault(String number) {
    assertThatThrownBy(() -> CounterItem.views(Map.of("views", AttributeValue.fromN(number))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("views");
  }

  @Test
  void views_text_isAFault() {
    assertThatThrownBy(() -> CounterItem.views(Map.of("views", AttributeValue.fromS("41"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("views");
  }
}
