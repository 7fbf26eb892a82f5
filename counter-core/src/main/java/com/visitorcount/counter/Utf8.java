package com.visitorcount.counter;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Measures and cuts texts in bytes of UTF-8. */
final class Utf8 {
  private Utf8() {}

  static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  /**
   * The longest prefix of a text that has at most this many bytes and ends with a whole character.
   * A lone surrogate, which UTF-8 cannot encode, becomes a question mark.
   */
  static String cut(String text, int maxBytes) {
    byte[] bytes = text.getBytes(UTF_8);
    int end = Math.min(bytes.length, maxBytes);
    while (end < bytes.length && isContinuation(bytes[end])) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8);
  }

  private static boolean isContinuation(byte octet) {
    return (octet & 0xC0) == 0x80;
  }
}
