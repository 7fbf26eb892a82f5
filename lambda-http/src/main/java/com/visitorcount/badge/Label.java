package com.visitorcount.badge;

import java.util.regex.Pattern;

/**
 * A badge's label, as chosen by a client. Whatever it is made from, it has at most {@value
 * #MAX_CODE_POINTS} code points, no control characters, no lone surrogates, and no marks that
 * change the text direction around them.
 *
 * @param value may be empty
 */
record Label(String value) {
  static final int MAX_CODE_POINTS = 40;

  private static final Pattern BLANKS = Pattern.compile("\\p{IsWhite_Space}+");

  /** Also drops what XML cannot contain even as a character reference. */
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
