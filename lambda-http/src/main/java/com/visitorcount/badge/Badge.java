package com.visitorcount.badge;

/**
 * A label and, right of it, a text of ours. Drawn without ids, styles and links, so that many can
 * stand in one HTML document, and none needs leave from a content security policy.
 *
 * @param colour background of the right part
 */
record Badge(Label label, String text, Colour colour, BadgeStyle style) {
  private static final Colour LABEL_COLOUR = new Colour("#555");
  private static final int HEIGHT_PX = 20;
  private static final int PADDING_PX = 5;
  private static final int BASELINE_PX = 14;

  /** The badge as an SVG document. */
  String svg() {
    int seam = Verdana.widthPx(label.value()) + 2 * PADDING_PX;
    int width = seam + Verdana.widthPx(text) + 2 * PADDING_PX;
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" role="img" \
        aria-label="%s"><title>%3$s</title>\
        <path fill="%s" d="%s"/><path fill="%s" d="%s"/>\
        <g font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" \
        text-anchor="middle" text-rendering="geometricPrecision">%s%s</g></svg>"""
        .formatted(
            width,
            HEIGHT_PX,
            xml(label.value() + ": " + text),
            LABEL_COLOUR.hex(),
            leftPart(seam),
            colour.hex(),
            rightPart(seam, width),
            write(label.value(), seam / 2, LABEL_COLOUR.text()),
            write(text, (seam + width) / 2, colour.text()));
  }

  private String leftPart(int seam) {
    int r = style.radiusPx();
    return "M%s %sH%s%sV%s%sH%1$sz".formatted(seam, HEIGHT_PX, r, corner(-r, -r), r, corner(r, -r));
  }

  private String rightPart(int seam, int end) {
    int r = style.radiusPx();
    return "M%s 0H%s%sV%s%sH%1$sz"
        .formatted(seam, end - r, corner(r, r), HEIGHT_PX - r, corner(-r, r));
  }

  /** A quarter of a circle, clockwise. */
  private String corner(int dx, int dy) {
    int r = style.radiusPx();
    return r == 0 ? "" : "a%s %s 0 0 1 %s %s".formatted(r, r, dx, dy);
  }

  private String write(String words, int middle, Colour ink) {
    String line = line(words, middle, BASELINE_PX, "fill=\"" + ink.hex() + '"');
    if (!style.shadow()) {
      return line;
    }
    // dark under white, light under black
    String shadow = "aria-hidden=\"true\" fill=\"" + ink.text().hex() + "\" fill-opacity=\".3\"";
    return line(words, middle, BASELINE_PX + 1, shadow) + line;
  }

  private static String line(String words, int middle, int baseline, String paint) {
    return """
        <text x="%s" y="%s" textLength="%s" lengthAdjust="spacingAndGlyphs" %s>%s</text>"""
        .formatted(middle, baseline, Verdana.widthPx(words), paint, xml(words));
  }

  /** For an attribute or an element. */
  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
