package com.visitorcount.read.statistics;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table as RFC 4180 has it. A spreadsheet takes what begins with certain characters for a
 * formula: texts, which visitors can choose, get an apostrophe before these. Numbers stay.
 */
final class Csv {
  private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\t\r]");

  /** Also what parts cells where a spreadsheet's commas are decimal. */
  private static final Pattern TO_BE_QUOTED = Pattern.compile("[\",;\t\r\n]");

  private final StringBuilder text = new StringBuilder();

  /** Adds a line of texts, numbers and nulls, which are empty. */
  void line(List<? extends @Nullable Object> cells) {
    text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", "\r\n")));
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
    String safe = FORMULA.matcher(cell).find() ? "'" + cell : cell;
    return TO_BE_QUOTED.matcher(safe).find() ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
