package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CsvTest {
  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of("/blog", "/blog"),
        Arguments.of("", ""),
        Arguments.of("=1+1", "'=1+1"),
        Arguments.of("+1", "'+1"),
        Arguments.of("-1", "'-1"),
        Arguments.of("@SUM(A1)", "'@SUM(A1)"),
        Arguments.of("\t=1+1", "\"'\t=1+1\""),
        Arguments.of("\r=1+1", "\"'\r=1+1\""),
        Arguments.of("a=1", "a=1"),
        Arguments.of("a,b", "\"a,b\""),
        Arguments.of("a\nb", "\"a\nb\""),
        Arguments.of("a\n=1+1", "\"a\n=1+1\""),
        Arguments.of("say \"hi\"", "\"say \"\"hi\"\"\""),
        Arguments.of("=\"a\",1", "\"'=\"\"a\"\",1\""),
        // where spreadsheets part cells by these, the rest would be a cell of its own
        Arguments.of("a;=1+1", "\"a;=1+1\""),
        Arguments.of("a\t=1+1", "\"a\t=1+1\""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void line_text_isNoFormulaAndOneCell(String text, String cell) {
    assertThat(csv(text, BigDecimal.ONE)).isEqualTo(cell + ",1\r\n");
  }

  @Test
  void line_numbers_stay() {
    assertThat(csv(new BigDecimal("-1.50"), -2, new BigDecimal("1E+3"), null))
        .isEqualTo("-1.50,-2,1000,\r\n");
  }

  @Test
  void line_bytes_areThoseOfRfc4180() {
    Csv csv = new Csv();
    csv.line(List.of("page", "visitors"));
    csv.line(List.of("/ü", BigDecimal.TEN));

    assertThat(csv.toString().getBytes(UTF_8))
        .containsExactly(
            'p', 'a', 'g', 'e', ',', 'v', 'i', 's', 'i', 't', 'o', 'r', 's', '\r', '\n', '/', 0xC3,
            0xBC, ',', '1', '0', '\r', '\n');
  }

  private static String csv(Object... cells) {
    Csv csv = new Csv();
    csv.line(Arrays.asList(cells));
    return csv.toString();
  }
}
