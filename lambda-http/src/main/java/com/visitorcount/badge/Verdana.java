package com.visitorcount.badge;

/**
 * How wide a text is in Verdana at 11 px. Where the reader's machine has another font, the badge
 * makes it fit the same width.
 */
final class Verdana {
  private static final int FIRST = ' ';

  /** Advances of the characters from space to tilde, in hundredths of a pixel. */
  private static final int[] ADVANCES = {
    387, 433, 505, 900, 699, 1184, 799, 295, 500, 500, 699, 900, 400, 500, 400, 500, // to /
    699, 699, 699, 699, 699, 699, 699, 699, 699, 699, 500, 500, 900, 900, 900, 600, // to ?
    1100, 752, 754, 768, 848, 696, 632, 853, 827, 463, 500, 762, 612, 927, 823, 866, // to O
    663, 866, 765, 752, 678, 805, 752, 1088, 754, 677, 754, 500, 500, 500, 900, 699, // to _
    699, 661, 685, 573, 685, 655, 387, 685, 696, 302, 379, 651, 302, 1070, 696, 668, // to o
    685, 685, 469, 573, 433, 696, 651, 900, 651, 651, 578, 698, 500, 698, 900 // to ~
  };

  /** Chinese, Japanese and Korean, and nearly all emoji, lie from here on. */
  private static final int FIRST_WIDE = 0x2e80;

  private static final int WIDE_ADVANCE = 1100;
  private static final int OTHER_ADVANCE = 700;

  private Verdana() {}

  /** Width in pixels: even, so that a middle is a whole pixel, and never less than the text. */
  static int widthPx(String text) {
    int hundredths = text.codePoints().map(Verdana::advance).sum();
    return (hundredths + 199) / 200 * 2;
  }

  private static int advance(int codePoint) {
    if (codePoint >= FIRST && codePoint < FIRST + ADVANCES.length) {
      return ADVANCES[codePoint - FIRST];
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> codePoint >= FIRST_WIDE ? WIDE_ADVANCE : OTHER_ADVANCE;
    };
  }
}
