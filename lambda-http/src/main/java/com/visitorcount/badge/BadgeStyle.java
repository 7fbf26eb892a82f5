package com.visitorcount.badge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Look of a badge, by the names that shields.io uses. */
enum BadgeStyle {
  /** Round corners, and a shadow under the text. */
  FLAT,
  /** Neither. */
  FLAT_SQUARE,
  /** As flat, and shining. */
  PLASTIC,
  /** Large and in capitals. */
  FOR_THE_BADGE,
  /** A button and a bubble. */
  SOCIAL;

  /** Reads a name as in {@code flat-square}; anything else is flat. */
  static BadgeStyle of(@Nullable String text) {
    for (BadgeStyle style : values()) {
      if (style.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return style;
      }
    }
    return FLAT;
  }
}
