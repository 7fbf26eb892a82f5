package com.visitorcount.read.statistics;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as CSV (RFC 4180). Spreadsheets recognise a formula by its first character, even a
 * full-width one, and some skip blanks and invisible characters before it: such texts, which
 * visitors can choose, get a leading apostrophe. Numbers do not.
 */
final class Csv {
  /** In any width, superscripts and so on, and also the minus sign. */
  private static final String BEGINS_A_FORMULA = "=+-@\u2212";

  /** Combining and other marks, and fillers, which are invisible although they are not blanks. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\p{Z}\\p{C}\\p{M}\\s\\u115F\\u1160\\u17B4\\u17B5\\u2800\\u3164\\uFFA0]");

  /** A leading tab or line break may separate cells before anything is skipped. */
  private static final String BLANKS_THAT_PART = "\t\r\n";

  /** Includes what separates cells where the comma is a spreadsheet's decimal separator. */
  private static final Pattern TO_BE_QUOTED = Pattern.compile("[\",;\t\r\n]");

  private final List<List<? extends @Nullable Object>> lines = new ArrayList<>();

  /** Adds a line of texts, numbers and nulls, which become empty cells. */
  void line(List<? extends @Nullable Object> cells) {
    lines.add(cells);
  }

  /** Writes the table, line by line. */
  void writeTo(Writer out) throws IOException {
    for (List<? extends @Nullable Object> line : lines) {
      out.write(line.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
    }
  }

  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof Number) {
      return value.toString();
    }
    String cell = value.toString();
    String safe = isFormula(cell) ? "'" + cell : cell;
    return TO_BE_QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  private static boolean isFormula(String cell) {
    if (cell.isEmpty()) {
      return false;
    }
    if (BLANKS_THAT_PART.indexOf(cell.charAt(0)) >= 0) {
      return true;
    }
    return cell.codePoints()
        .mapToObj(Character::toString)
        .filter(character -> !INVISIBLE.matcher(character).matches())
        .findFirst()
        .map(character -> Normalizer.normalize(character, Normalizer.Form.NFKC))
        .filter(character -> BEGINS_A_FORMULA.contains(character))
        .isPresent();
  }
}
