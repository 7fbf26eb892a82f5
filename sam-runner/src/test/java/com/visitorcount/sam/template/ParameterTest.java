package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

final class ParameterTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Type: String                                        | any text",
        "Type: String, AllowedPattern: '[a-z]+'              | abc",
        "Type: String, AllowedValues: ['true', 'false']      | false",
        "Type: String, MinLength: 2, MaxLength: 3            | abc",
        "Type: Number                                        | -1.5",
        "Type: Number, AllowedValues: [1, 14]                | 14",
        "Type: Number, MinValue: -1, MaxValue: 10            | -1",
        "Type: Number, MinValue: -1, MaxValue: 10            | 10"
      })
  void take_ofAPermittedValue_isThatText(String declaration, String value) {
    assertThat(parameter(declaration).take(value)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Type: String, AllowedPattern: '[a-z]+'          | abc1 | cannot be abc1: it must match [a-z]+.",
        "Type: String, AllowedValues: ['true', 'false']  | yes  | cannot be yes: it must be one of the allowed values.",
        "Type: String, MinLength: 2                      | a    | cannot be a: its length must be at least 2.",
        "Type: String, MaxLength: 2                      | abc  | cannot be abc: its length must be at most 2.",
        "Type: Number                                    | x    | must be a number, not x.",
        "Type: Number, MinValue: 1                       | 0    | cannot be 0: it must be at least 1.",
        "Type: Number, MaxValue: 10                      | 11   | cannot be 11: it must be at most 10.",
        "Type: Number, MaxValue: 1, ConstraintDescription: must be small. | 2 | cannot be 2: must be small.",
        "Type: CommaDelimitedList, AllowedPattern: '[a-z]' | a,B | cannot be a,B: it must match [a-z]."
      })
  void take_ofARefusedValue_isOneSentence(String declaration, String value, String sentence) {
    Parameter parameter = parameter(declaration);

    assertThatThrownBy(() -> parameter.take(value))
        .isInstanceOf(LocalException.class)
        .hasMessage("Parameter P " + sentence);
  }

  @Test
  void take_ofAList_isItsEntriesWithoutBlanksAround() {
    assertThat(parameter("Type: CommaDelimitedList").take("a, b")).isEqualTo(List.of("a", "b"));
  }

  @Test
  void take_ofNothing_isTheDefault() {
    assertThat(parameter("Type: String, Default: ''").take(null)).isEqualTo("");
    assertThat(parameter("Type: Number, Default: 7").take(null)).isEqualTo("7");
  }

  @Test
  void take_ofNothingWithoutADefault_isOneSentence() {
    Parameter parameter = parameter("Type: String");

    assertThatThrownBy(() -> parameter.take(null))
        .isInstanceOf(LocalException.class)
        .hasMessage("Parameter P needs a value.");
  }

  private static Parameter parameter(String declaration) {
    Yaml yaml = new Yaml(new LoaderOptions());
    return Parameter.of("P", Mapping.of(yaml.compose(new StringReader("{" + declaration + "}"))));
  }
}
