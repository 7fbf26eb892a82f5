package com.visitorcount.badge;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A background colour. {@link #text()} has a contrast of at least 4.5:1 with it, which is WCAG 2
 * level AA.
 *
 * @param hex such as {@code #1b6ca8} or {@code #fff}
 */
record Colour(String hex) {
  private static final Pattern HEX = Pattern.compile("#(?:[0-9a-f]{3}|[0-9a-f]{6})");

  static final Colour BLUE = new Colour("#1b6ca8");
  static final Colour RED = new Colour("#b42318");
  static final Colour GREY = new Colour("#6e7781");

  /** All are dark enough for white text. */
  static final Map<String, Colour> NAMED =
      Map.of(
          "blue", BLUE,
          "green", new Colour("#2f7a1f"),
          "teal", new Colour("#0b6e5f"),
          "orange", new Colour("#b45309"),
          "red", RED,
          "pink", new Colour("#b8246a"),
          "purple", new Colour("#7445b8"),
          "grey", GREY,
          "gray", GREY);

  /**
   * Lighter backgrounds than this have a contrast below 4.5:1 with white, and above it with black.
   */
  private static final double MAX_LUMINANCE_UNDER_WHITE = 1.05 / 4.5 - 0.05;

  /**
   * @throws IllegalArgumentException for anything but three or six lower-case hex digits after #
   */
  Colour {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a colour");
    }
  }

  /** Reads a name or hex digits, with or without a leading #; anything else is blue. */
  static Colour of(@Nullable String text) {
    if (text == null) {
      return BLUE;
    }
    String lowerCase = text.toLowerCase(Locale.ROOT);
    Colour named = NAMED.get(lowerCase);
    if (named != null) {
      return named;
    }
    String hex = lowerCase.startsWith("#") ? lowerCase : "#" + lowerCase;
    return HEX.matcher(hex).matches() ? new Colour(hex) : BLUE;
  }

  /** Colour of text on this background: white if the contrast allows it, otherwise black. */
  Colour text() {
    return new Colour(luminance() <= MAX_LUMINANCE_UNDER_WHITE ? "#fff" : "#000");
  }

  /** Relative luminance as WCAG 2 defines it, 0 to 1. */
  private double luminance() {
    return 0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2);
  }

  private double linear(int channel) {
    double share = channel(channel) / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }

  private int channel(int channel) {
    if (hex.length() == 4) {
      return Character.digit(hex.charAt(1 + channel), 16) * 0x11;
    }
    return Integer.parseInt(hex, 1 + 2 * channel, 3 + 2 * channel, 16);
  }
}
