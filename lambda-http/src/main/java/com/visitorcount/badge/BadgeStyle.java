package com.visitorcount.badge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Styles of badges, by their names in shields.io. */
enum BadgeStyle {
  /** Rounded corners, and a shadow under the text. */
  FLAT,
  /** Square corners, no shadow. */
  FLAT_SQUARE,
  /** Like flat, with a gloss. */
  PLASTIC,
  /** Large and in capitals. */
  FOR_THE_BADGE,
  /** A button and a bubble. */
  SOCIAL;

  /** Reads a name such as {@code flat-square}; anything else is flat. */
  static BadgeStyle of(@Nullable String text) {
    for (BadgeStyle style : values()) {
      if (style.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(text)) {
        return style;
      }
    }
    return FLAT;
  }
}
