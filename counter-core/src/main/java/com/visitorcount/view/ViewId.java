package com.visitorcount.view;

import java.util.regex.Pattern;

/**
 * The identity of a view: a retry carries the same id, so the view counts once. The browser's
 * tracker makes one; if a client sends none, the id of the Lambda request is used.
 *
 * @param value 1 to {@value #MAX_CHARS} visible ASCII characters
 */
public record ViewId(String value) {
  /** Longest view id, in characters. */
  public static final int MAX_CHARS = 64;

  private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1," + MAX_CHARS + "}");

  /**
   * @throws IllegalArgumentException for any other text; the message repeats nothing of it
   */
  public ViewId {
    if (!VISIBLE_ASCII.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "A view id must be 1 to " + MAX_CHARS + " visible ASCII characters.");
    }
  }
}
