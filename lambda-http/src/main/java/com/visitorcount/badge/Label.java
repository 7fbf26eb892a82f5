package com.visitorcount.badge;

import java.util.regex.Pattern;

/**
 * The words of a badge that a client chooses: whatever they are made from, at most {@value
 * #MAX_CODE_POINTS} code points, and neither control characters, nor lone surrogates, nor marks
 * that turn the direction of the text around them.
 *
 * @param value may be empty
 */
record Label(String value) {
  static final int MAX_CODE_POINTS = 40;

  private static final Pattern BLANKS = Pattern.compile("\\p{IsWhite_Space}+");

  /** Beside what the class promises, what XML cannot hold even as a reference. */
  private static final Pattern DROPPED =
      Pattern.compile(
          "[\\p{Cc}\\p{Cs}\\p{IsNoncharacter_Code_Point}"
              + "\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069&&[^\\p{IsWhite_Space}]]+");

  Label {
    value = BLANKS.matcher(DROPPED.matcher(value).replaceAll("")).replaceAll(" ").strip();
    if (value.codePointCount(0, value.length()) > MAX_CODE_POINTS) {
      value = value.substring(0, value.offsetByCodePoints(0, MAX_CODE_POINTS)).strip();
    }
  }
}
