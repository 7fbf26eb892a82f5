package com.visitorcount.badge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shape of a badge. */
enum BadgeStyle {
  /** Round corners, and a shadow under the text. */
  FLAT(3),
  /** Neither. */
  FLAT_SQUARE(0);

  private final int radiusPx;

  BadgeStyle(int radiusPx) {
    this.radiusPx = radiusPx;
  }

  /** Reads a name as in {@code flat-square}; anything else is flat. */
  static BadgeStyle of(@Nullable String text) {
    for (BadgeStyle style : values()) {
      if (style.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return style;
      }
    }
    return FLAT;
  }

  /** Radius of the corners. */
  int radiusPx() {
    return radiusPx;
  }

  boolean shadow() {
    return this == FLAT;
  }
}
