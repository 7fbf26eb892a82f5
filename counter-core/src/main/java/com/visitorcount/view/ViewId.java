package com.visitorcount.view;

/**
 * The identity of a view: a retry carries the same id, so the view counts once. The browser's
 * tracker makes one; if a client sends none, the id of the Lambda request is used.
 *
 * @param value 1 to {@value #MAX_CHARS} visible ASCII characters
 */
public record ViewId(String value) {
  /** Longest view id, in characters. */
  public static final int MAX_CHARS = 64;

  /**
   * @throws IllegalArgumentException for any other text; the message repeats nothing of it
   */
  public ViewId {
    if (value.isEmpty() || value.length() > MAX_CHARS || !isVisibleAscii(value)) {
      throw new IllegalArgumentException(
          "A view id must be 1 to " + MAX_CHARS + " visible ASCII characters.");
    }
  }

  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '!' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }
}
