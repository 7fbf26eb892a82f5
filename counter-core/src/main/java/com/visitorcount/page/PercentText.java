package com.visitorcount.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Brings percent-encoded text to its canonical form: every escape of a printable character is
 * decoded once and converted to Unicode NFC. Escapes stay (with upper-case digits) where decoding
 * would change the meaning: for the characters in {@code kept}, for {@code %} itself and for bytes
 * that are not UTF-8. A percent sign that begins no escape becomes {@code %25}. Normalising a
 * result again does not change it.
 */
final class PercentText {
  /**
   * Most combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15, 13): no
   * language needs more, and sorting them takes quadratic time.
   */
  private static final int MAX_MARKS = 30;

  private final String kept;

  /**
   * @param kept ASCII characters whose escapes stay escapes
   */
  PercentText(String kept) {
    this.kept = kept + "%";
  }

  /**
   * @throws InvalidPageException for control characters, line separators, lone surrogates, and more
   *     than {@value #MAX_MARKS} combining marks in a row
   */
  String normalise(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    StringBuilder literal = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) != '%') {
        literal.append(text.charAt(i));
        i++;
      } else if (octetAt(text, i) < 0) {
        flush(literal, out);
        appendEscape('%', out);
        i++;
      } else {
        int end = i;
        while (octetAt(text, end) >= 0) {
          end += 3;
        }
        decode(octets(text, i, end), literal, out);
        i = end;
      }
    }
    flush(literal, out);
    return out.toString();
  }

  /** Whether a text is already canonical, as nearly every one is: ASCII without escapes. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '%') {
        return false;
      }
    }
    return true;
  }

  private void decode(byte[] octets, StringBuilder literal, StringBuilder out) {
    int i = 0;
    while (i < octets.length) {
      int length = sequenceLength(octets, i);
      int first = octets[i] & 0xFF;
      if (length == 0 || (length == 1 && kept.indexOf(first) >= 0)) {
        // NFC must not join an escape's last digit with a mark that follows it
        flush(literal, out);
        appendEscape(first, out);
        i++;
      } else {
        literal.append(new String(octets, i, length, StandardCharsets.UTF_8));
        i += length;
      }
    }
  }

  /** Length of the well-formed UTF-8 sequence that begins here, 0 if none does. */
  private static int sequenceLength(byte[] octets, int from) {
    int first = octets[from] & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length <= 1 || first > 0xF4 || from + length > octets.length) {
      return length == 1 ? 1 : 0;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets, from, length));
      return length;
    } catch (CharacterCodingException e) {
      return 0;
    }
  }

  private static void flush(StringBuilder literal, StringBuilder out) {
    if (literal.isEmpty()) {
      return;
    }
    int marks = 0;
    for (int i = 0; i < literal.length(); i += Character.charCount(literal.codePointAt(i))) {
      int codePoint = literal.codePointAt(i);
      requirePrintable(codePoint);
      marks = isMark(codePoint) ? marks + 1 : 0;
      if (marks > MAX_MARKS) {
        throw new InvalidPageException(
            "A page must not contain more than " + MAX_MARKS + " combining marks in a row.");
      }
    }
    out.append(
        Normalizer.isNormalized(literal, Normalizer.Form.NFC)
            ? literal
            : Normalizer.normalize(literal, Normalizer.Form.NFC));
    literal.setLength(0);
  }

  private static boolean isMark(int codePoint) {
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static void requirePrintable(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR) {
      throw new InvalidPageException("A page must not contain control characters or line breaks.");
    }
    if (type == Character.SURROGATE) {
      throw new InvalidPageException("A page must be well-formed Unicode text.");
    }
  }

  private static byte[] octets(String text, int from, int to) {
    byte[] octets = new byte[(to - from) / 3];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) octetAt(text, from + 3 * i);
    }
    return octets;
  }

  /** The octet of the escape that begins here, -1 if none does. */
  private static int octetAt(String text, int i) {
    if (i + 2 >= text.length() || text.charAt(i) != '%') {
      return -1;
    }
    int high = hexDigit(text.charAt(i + 1));
    int low = hexDigit(text.charAt(i + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Unlike Character.digit, ASCII digits only: others would decode differently when read again. */
  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static void appendEscape(int octet, StringBuilder out) {
    out.append('%')
        .append(Character.toUpperCase(Character.forDigit(octet >> 4, 16)))
        .append(Character.toUpperCase(Character.forDigit(octet & 0xF, 16)));
  }
}
