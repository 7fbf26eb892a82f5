package com.visitorcount.badge;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A label with our text to its right. Drawn without styles, links or ids that could clash, so that
 * one HTML document can contain many badges and any content security policy allows them. Sizes
 * match those of shields.io, within a pixel for each text.
 *
 * @param colour background of the right part, if the style has one
 * @param bars to the left of the text; null for none
 * @param note text alternative for the bars; empty for none
 */
record Badge(
    Label label,
    String text,
    Colour colour,
    BadgeStyle style,
    @Nullable Logo logo,
    @Nullable Bars bars,
    String note) {
  private static final Colour LABEL_COLOUR = new Colour("#555");
  private static final int PADDING_PX = 5;

  /**
   * The same in every badge, so that it does not matter which badge's definition an id resolves to.
   */
  private static final String SHINE =
      """
      <linearGradient id="vc-shine" x2="0" y2="100%"><stop stop-color="#fff" stop-opacity=".5"/>\
      <stop offset=".2" stop-color="#fff" stop-opacity="0"/><stop offset=".9" stop-opacity="0"/>\
      <stop offset="1" stop-opacity=".4"/></linearGradient>\
      <rect width="%s" height="%s" rx="%s" fill="url(#vc-shine)"/>""";

  Badge(Label label, String text, Colour colour, BadgeStyle style) {
    this(label, text, colour, style, null, null, "");
  }

  /** The badge as an SVG document. */
  String svg() {
    return switch (style) {
      case FLAT -> flat(20, 3, true, "");
      case FLAT_SQUARE -> flat(20, 0, false, "");
      case PLASTIC -> flat(18, 4, true, SHINE);
      case FOR_THE_BADGE -> forTheBadge();
      case SOCIAL -> social();
    };
  }

  private String alternative() {
    return label.value() + ": " + text + (note.isEmpty() ? "" : " (" + note + ")");
  }

  private int logoPx() {
    return logo == null ? 0 : Logo.SIZE_PX + Logo.PADDING_PX;
  }

  private int barsPx() {
    return bars == null ? 0 : bars.widthPx();
  }

  private String logo(int x, int height, Colour ink) {
    return logo == null ? "" : logo.svg(x, (height - Logo.SIZE_PX) / 2, ink);
  }

  private String bars(int x, int height, Colour ink) {
    return bars == null ? "" : bars.svg(x, height - PADDING_PX, height - 2 * PADDING_PX, ink);
  }

  private String flat(int height, int radius, boolean shadow, String shine) {
    int logoPx = logoPx();
    int textPx = Font.VERDANA.widthPx(text);
    int seam = Font.VERDANA.widthPx(label.value()) + 2 * PADDING_PX + logoPx;
    int width = seam + barsPx() + textPx + 2 * PADDING_PX;
    int baseline = height - 6 + (height == 20 ? 0 : 1);
    return Markup.image(
        width,
        height,
        alternative(),
        """
        <path fill="%s" d="%s"/><path fill="%s" d="%s"/>"""
                .formatted(
                    LABEL_COLOUR.hex(),
                    leftPart(seam, height, radius),
                    colour.hex(),
                    rightPart(seam, width, height, radius))
            + shine
                .replaceFirst("%s", Integer.toString(width))
                .replaceFirst("%s", Integer.toString(height))
                .replaceFirst("%s", Integer.toString(radius))
            + logo(PADDING_PX, height, LABEL_COLOUR.text())
            + bars(seam + PADDING_PX, height, colour.text())
            + Markup.texts(
                Markup.VERDANA,
                11,
                "",
                write(label.value(), (seam + logoPx) / 2, baseline, LABEL_COLOUR.text(), shadow)
                    + write(text, (seam + barsPx() + width) / 2, baseline, colour.text(), shadow)));
  }

  private static String leftPart(int seam, int height, int r) {
    return "M%s %sH%s%sV%s%sH%1$sz"
        .formatted(seam, height, r, corner(r, -r, -r), r, corner(r, r, -r));
  }

  private static String rightPart(int seam, int end, int height, int r) {
    return "M%s 0H%s%sV%s%sH%1$sz"
        .formatted(seam, end - r, corner(r, r, r), height - r, corner(r, -r, r));
  }

  /** A quarter of a circle, clockwise. */
  private static String corner(int r, int dx, int dy) {
    return r == 0 ? "" : "a%s %s 0 0 1 %s %s".formatted(r, r, dx, dy);
  }

  private static String write(String words, int middle, int baseline, Colour ink, boolean shadow) {
    int widthPx = Font.VERDANA.widthPx(words);
    String line = Markup.line(words, middle, baseline, widthPx, Markup.fill(ink));
    if (!shadow) {
      return line;
    }
    // dark under white, light under black
    String paint = "aria-hidden=\"true\" " + Markup.fill(ink.text()) + " fill-opacity=\".3\"";
    return Markup.line(words, middle, baseline + 1, widthPx, paint) + line;
  }

  private String forTheBadge() {
    String words = label.value().toUpperCase(Locale.ROOT);
    String capitals = text.toUpperCase(Locale.ROOT);
    int height = 28;
    int margin = 12;
    int wordsPx = spacedPx(words, Font.VERDANA.hundredths(words) * 10 / 11);
    int textPx = spacedPx(capitals, Font.VERDANA_BOLD.hundredths(capitals));
    int wordsX = logo == null ? margin : 9 + Logo.SIZE_PX + 6;
    int seam = wordsX + wordsPx + margin;
    int width = seam + margin + barsPx() + textPx + margin;
    return Markup.image(
        width,
        height,
        alternative(),
        """
        <path fill="%s" d="M0 0h%sv28H0z"/><path fill="%s" d="M%2$s 0H%sv28H%2$sz"/>"""
                .formatted(LABEL_COLOUR.hex(), seam, colour.hex(), width)
            + logo(9, height, LABEL_COLOUR.text())
            + bars(seam + margin, height, colour.text())
            + Markup.texts(
                Markup.VERDANA,
                10,
                "",
                Markup.line(
                        words, wordsX + wordsPx / 2, 18, wordsPx, Markup.fill(LABEL_COLOUR.text()))
                    + Markup.line(
                        capitals,
                        seam + margin + barsPx() + textPx / 2,
                        18,
                        textPx,
                        "font-weight=\"700\" " + Markup.fill(colour.text()))));
  }

  /** With 1.25 pixels after each character; the text itself in whole pixels, as in shields.io. */
  private static int spacedPx(String words, int hundredths) {
    int unspacedPx = hundredths / 100;
    return (int) Math.ceil(unspacedPx + 1.25 * words.codePointCount(0, words.length()));
  }

  private String social() {
    Colour ink = new Colour("#333");
    String words = capitalised(label.value());
    int height = 20;
    int wordsPx = Font.HELVETICA_BOLD.widthPx(words);
    int textPx = Font.HELVETICA_BOLD.widthPx(text);
    int button = logoPx() + wordsPx + 2 * PADDING_PX;
    int bubble = button + 6;
    int width = bubble + barsPx() + textPx + 9;
    return Markup.image(
        width,
        height,
        alternative(),
        """
        <g stroke="#d5d5d5"><rect x=".5" y=".5" width="%s" height="19" rx="2" fill="#f6f6f6"/>\
        <rect x="%s.5" y=".5" width="%s" height="19" rx="2" fill="#fafafa"/>\
        <path fill="#fafafa" d="M%2$s.5 6.5l-3 3v1l3 3"/></g>"""
                .formatted(button, bubble, width - bubble - 1)
            + logo(PADDING_PX, height, ink)
            + bars(bubble + 4, height, ink)
            + Markup.texts(
                Markup.HELVETICA,
                11,
                " font-weight=\"700\"",
                Markup.line(
                        words, PADDING_PX + logoPx() + wordsPx / 2, 14, wordsPx, Markup.fill(ink))
                    + Markup.line(
                        text, bubble + 4 + barsPx() + textPx / 2, 14, textPx, Markup.fill(ink))));
  }

  private static String capitalised(String words) {
    int first = words.isEmpty() ? 0 : Character.charCount(words.codePointAt(0));
    return words.substring(0, first).toUpperCase(Locale.ROOT) + words.substring(first);
  }
}
