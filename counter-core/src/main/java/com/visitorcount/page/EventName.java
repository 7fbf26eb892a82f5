package com.visitorcount.page;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/**
 * Brings the name of an event to its canonical form: Unicode NFC, without blanks around it. It may
 * contain blanks, colons, slashes and percent signs: nothing in it is decoded.
 */
final class EventName {
  /** Longest name, in bytes of UTF-8. */
  static final int MAX_BYTES = 64;

  /** NFC combines at most three code points into one; longer texts are refused unread. */
  private static final int MAX_RAW_CHARS = 4 * MAX_BYTES;

  private EventName() {}

  /**
   * @throws InvalidPageException if the name is empty or too long, or holds a control character, a
   *     line separator or a lone surrogate
   */
  static String normalise(String raw) {
    String text = raw.strip();
    if (text.length() > MAX_RAW_CHARS) {
      throw tooLong();
    }
    text.codePoints().forEach(EventName::requirePrintable);
    String name = Normalizer.normalize(text, Normalizer.Form.NFC);
    if (name.isEmpty()) {
      throw new InvalidPageException("An event must have a name.");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw tooLong();
    }
    return name;
  }

  /** Whether a text is a name in canonical form. */
  static boolean isNormal(String text) {
    try {
      return normalise(text).equals(text);
    } catch (InvalidPageException e) {
      return false;
    }
  }

  private static void requirePrintable(int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          throw new InvalidPageException(
              "An event's name must not contain control characters or line breaks.");
      case Character.SURROGATE ->
          throw new InvalidPageException("An event's name must be well-formed Unicode text.");
      default -> {}
    }
  }

  private static InvalidPageException tooLong() {
    return new InvalidPageException(
        "An event's name must not be longer than " + MAX_BYTES + " bytes of UTF-8.");
  }
}
