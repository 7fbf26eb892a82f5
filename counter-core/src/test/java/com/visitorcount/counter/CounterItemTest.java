package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
  @ValueSource(
      strings = {
        "41.5",
        "1E-3",
        "NaN",
        "x",
        "-1",
        "-3",
        "1E40",
        "1E+125",
        "1E999999999",
        "1E-999999999",
        "100000000000000000000000000000000000000"
      })
  void views_noWholeNumberOfUpTo38Digits_isBroken_caseC2(String number) {
    assertThatThrownBy(() -> CounterItem.views(Map.of("views", AttributeValue.fromN(number))))
        .isInstanceOf(BrokenCounterException.class)
        .hasMessageContaining("views")
        .hasMessageNotContaining(number);
  }

  static Stream<AttributeValue> noNumbers() {
    return Stream.of(
        AttributeValue.fromS("41"),
        AttributeValue.fromBool(true),
        AttributeValue.fromNul(true),
        AttributeValue.fromNs(List.of("41")),
        AttributeValue.fromM(Map.of()));
  }

  @ParameterizedTest
  @MethodSource("noNumbers")
  void views_noNumber_isBroken_caseC2(AttributeValue value) {
    assertThatThrownBy(() -> CounterItem.views(Map.of("views", value)))
        .isInstanceOf(BrokenCounterException.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "41", "9999999999999999999"})
  void base_number_isWhatTheCounterStoodAt(String base) {
    assertThat(CounterItem.base(item(base, "1764066930123"))).hasToString(base);
  }

  @ParameterizedTest
  @CsvSource({"1764066930123, 1764066930123", "-3, 7", "2.5, 7"})
  void base_birthOrNoCount_isNotKnown(String base, String born) {
    assertThat(CounterItem.base(item(base, born))).isNull();
  }

  @Test
  void base_itemWithoutIt_isNotKnown() {
    assertThat(CounterItem.base(Map.of("views", AttributeValue.fromN("41")))).isNull();
  }

  @Test
  void bornMillis_setByHandToWhatever_isNotKnown_caseC3() {
    assertThat(CounterItem.bornMillis(Map.of("born", AttributeValue.fromS("x")))).isZero();
    assertThat(CounterItem.bornMillis(Map.of("born", AttributeValue.fromN("1E30")))).isZero();
    assertThat(CounterItem.bornMillis(Map.of("born", AttributeValue.fromN("1.5")))).isZero();
    assertThat(CounterItem.bornMillis(Map.of("born", AttributeValue.fromN("15")))).isEqualTo(15);
  }

  private static Map<String, AttributeValue> item(String base, String born) {
    return Map.of("base", AttributeValue.fromN(base), "born", AttributeValue.fromN(born));
  }
}
