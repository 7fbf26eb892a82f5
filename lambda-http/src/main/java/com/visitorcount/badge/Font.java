package com.visitorcount.badge;

/**
 * Widths of texts in a font. If the reader's machine has another font, the badge fits it into the
 * same width.
 */
final class Font {
  /** At 11 pixels. */
  static final Font VERDANA =
      new Font(
          700, 1100, 387, 433, 505, 900, 699, 1184, 799, 295, 500, 500, 699, 900, 400, 500, 400,
          500, // to /
          699, 699, 699, 699, 699, 699, 699, 699, 699, 699, 500, 500, 900, 900, 900, 600, // to ?
          1100, 752, 754, 768, 848, 696, 632, 853, 827, 463, 500, 762, 612, 927, 823, 866, // to O
          663, 866, 765, 752, 678, 805, 752, 1088, 754, 677, 754, 500, 500, 500, 900, 699, // to _
          699, 661, 685, 573, 685, 655, 387, 685, 696, 302, 379, 651, 302, 1070, 696, 668, // to o
          685, 685, 469, 573, 433, 696, 651, 900, 651, 651, 578, 698, 500, 698, 900); // to ~

  /** At 10 pixels. */
  static final Font VERDANA_BOLD =
      new Font(
          710, 1000, 342, 402, 587, 867, 711, 1272, 862, 332, 543, 543, 711, 867, 361, 480, 361,
          689, // to /
          711, 711, 711, 711, 711, 711, 711, 711, 711, 711, 402, 402, 867, 867, 867, 617, // to ?
          964, 776, 762, 724, 830, 683, 650, 811, 837, 546, 555, 771, 637, 948, 847, 850, // to O
          733, 850, 782, 710, 682, 812, 764, 1128, 764, 737, 692, 543, 689, 543, 867, 711, // to _
          711, 668, 699, 588, 699, 664, 422, 699, 712, 342, 403, 671, 342, 1058, 712, 687, // to o
          699, 699, 497, 593, 456, 712, 650, 979, 669, 651, 597, 711, 543, 711, 867); // to ~

  /** At 11 pixels. */
  static final Font HELVETICA_BOLD =
      new Font(
          650, 1100, 306, 306, 509, 612, 612, 1100, 753, 306, 326, 326, 448, 660, 306, 448, 306,
          408, // to /
          612, 612, 612, 612, 612, 612, 612, 612, 612, 612, 306, 306, 660, 660, 660, 612, // to ?
          880, 753, 774, 815, 815, 713, 652, 835, 815, 324, 612, 794, 652, 998, 815, 856, // to O
          734, 856, 794, 714, 672, 815, 693, 1038, 734, 734, 713, 366, 408, 366, 660, 550, // to _
          285, 631, 672, 631, 672, 631, 366, 672, 652, 284, 306, 631, 284, 997, 652, 672, // to o
          672, 672, 428, 591, 387, 652, 572, 895, 591, 571, 571, 366, 245, 366, 660); // to ~

  private static final int FIRST = ' ';

  /** Separates groups of digits in some languages. */
  private static final int NO_BREAK_SPACE = 0xa0;

  private static final int NARROW_NO_BREAK_SPACE = 0x202f;

  /** Chinese, Japanese and Korean characters and nearly all emoji start here. */
  private static final int FIRST_WIDE = 0x2e80;

  private final int otherAdvance;
  private final int wideAdvance;
  private final int[] advances;

  /**
   * @param advances widths of the characters from space to tilde, in hundredths of a pixel, like
   *     the other widths
   */
  private Font(int otherAdvance, int wideAdvance, int... advances) {
    this.otherAdvance = otherAdvance;
    this.wideAdvance = wideAdvance;
    this.advances = advances;
  }

  /** Width in pixels, rounded up to an even number so that the middle is a whole pixel. */
  int widthPx(String text) {
    return (hundredths(text) + 199) / 200 * 2;
  }

  /** Width in hundredths of a pixel. */
  int hundredths(String text) {
    return text.codePoints().map(this::advance).sum();
  }

  private int advance(int codePoint) {
    if (codePoint >= FIRST && codePoint < FIRST + advances.length) {
      return advances[codePoint - FIRST];
    }
    if (codePoint == NO_BREAK_SPACE) {
      return advances[0];
    }
    if (codePoint == NARROW_NO_BREAK_SPACE) {
      return advances[0] / 2;
    }
    return switch (Character.getType(codePoint)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
      default -> codePoint >= FIRST_WIDE ? wideAdvance : otherAdvance;
    };
  }
}
