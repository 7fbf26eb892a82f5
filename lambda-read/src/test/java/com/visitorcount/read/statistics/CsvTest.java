package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
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
        // full-width and other forms
        Arguments.of("\uFF1D1+1", "'\uFF1D1+1"),
        Arguments.of("\uFF0B1", "'\uFF0B1"),
        Arguments.of("\uFF0D1", "'\uFF0D1"),
        Arguments.of("\uFF20SUM(A1)", "'\uFF20SUM(A1)"),
        Arguments.of("\uFE661", "'\uFE661"),
        Arguments.of("\u22121", "'\u22121"),
        // after invisible characters
        Arguments.of(" =1+1", "' =1+1"),
        Arguments.of("\u00A0=1+1", "'\u00A0=1+1"),
        Arguments.of("\u200B=1+1", "'\u200B=1+1"),
        Arguments.of("\uFEFF=1+1", "'\uFEFF=1+1"),
        Arguments.of("\u2060\u3000\u00AD@x", "'\u2060\u3000\u00AD@x"),
        Arguments.of("\u0000=1", "'\u0000=1"),
        Arguments.of("\u202E-1", "'\u202E-1"),
        Arguments.of("\u3164\uFE0F\u034F+1", "'\u3164\uFE0F\u034F+1"),
        Arguments.of("\uDB40\uDC01=1", "'\uDB40\uDC01=1"),
        Arguments.of("\n=1+1", "\"'\n=1+1\""),
        Arguments.of(" a=1", " a=1"),
        Arguments.of("\u200B", "\u200B"),
        Arguments.of("a=1", "a=1"),
        Arguments.of("a,b", "\"a,b\""),
        Arguments.of("a\nb", "\"a\nb\""),
        Arguments.of("a\n=1+1", "\"a\n=1+1\""),
        Arguments.of("say \"hi\"", "\"say \"\"hi\"\"\""),
        Arguments.of("=\"a\",1", "\"'=\"\"a\"\",1\""),
        // if a spreadsheet splits cells at these, the rest would be a cell of its own
        Arguments.of("a;=1+1", "\"a;=1+1\""),
        Arguments.of("a\t=1+1", "\"a\t=1+1\""));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void line_text_isNoFormulaAndOneCell(String text, String cell) throws IOException {
    assertThat(csv(text, BigDecimal.ONE)).isEqualTo(cell + ",1\r\n");
  }

  @Test
  void line_numbers_stay() throws IOException {
    assertThat(csv(new BigDecimal("-1.50"), -2, new BigDecimal("1E+3"), null))
        .isEqualTo("-1.50,-2,1000,\r\n");
  }

  @Test
  void line_bytes_areThoseOfRfc4180() throws IOException {
    Csv csv = new Csv();
    csv.line(List.of("page", "visitors"));
    csv.line(List.of("/ü", BigDecimal.TEN));

    assertThat(text(csv).getBytes(UTF_8))
        .containsExactly(
            'p', 'a', 'g', 'e', ',', 'v', 'i', 's', 'i', 't', 'o', 'r', 's', '\r', '\n', '/', 0xC3,
            0xBC, ',', '1', '0', '\r', '\n');
  }

  private static String csv(Object... cells) throws IOException {
    Csv csv = new Csv();
    csv.line(Arrays.asList(cells));
    return text(csv);
  }

  private static String text(Csv csv) throws IOException {
    StringWriter text = new StringWriter();
    csv.writeTo(text);
    return text.toString();
  }
}
