package com.visitorcount.statistics;

/**
 * Matches texts with wildcards, in a time that grows with the product of both lengths and no
 * faster, whatever a client sends.
 */
final class Wildcards {
  private Wildcards() {}

  /** Whether a text is as the pattern says. */
  static boolean match(String pattern, String text) {
    // what of the text, from its beginning, the pattern so far can stand for
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int i = 0; i < pattern.length(); i++) {
      if (pattern.charAt(i) == '\\' && i + 1 < pattern.length()) {
        i++;
        stepOver(pattern.charAt(i), text, reached);
      } else if (pattern.charAt(i) != '*') {
        stepOver(pattern.charAt(i), text, reached);
      } else if (pattern.startsWith("**", i)) {
        spread(text, reached, true);
        i++;
      } else {
        spread(text, reached, false);
      }
    }
    return reached[text.length()];
  }

  private static void stepOver(char expected, String text, boolean[] reached) {
    for (int end = text.length(); end > 0; end--) {
      reached[end] = reached[end - 1] && text.charAt(end - 1) == expected;
    }
    reached[0] = false;
  }

  private static void spread(String text, boolean[] reached, boolean overSlashes) {
    for (int end = 1; end <= text.length(); end++) {
      reached[end] |= reached[end - 1] && (overSlashes || text.charAt(end - 1) != '/');
    }
  }
}
