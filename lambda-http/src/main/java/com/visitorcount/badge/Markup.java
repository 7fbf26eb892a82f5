package com.visitorcount.badge;

/** SVG elements as text. */
final class Markup {
  static final String VERDANA = "Verdana,Geneva,DejaVu Sans,sans-serif";
  static final String HELVETICA = "Helvetica Neue,Helvetica,Arial,sans-serif";

  private Markup() {}

  /**
   * A whole image.
   *
   * @param alternative text alternative
   */
  static String image(int width, int height, String alternative, String content) {
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" role="img" \
        aria-label="%s"><title>%3$s</title>%s</svg>"""
        .formatted(width, height, xml(alternative), content);
  }

  /** A group of text elements. */
  static String texts(String family, int size, String more, String content) {
    return """
        <g font-family="%s" font-size="%s" text-anchor="middle" \
        text-rendering="geometricPrecision"%s>%s</g>"""
        .formatted(family, size, more, content);
  }

  /** A line of text, fitted to a width. */
  static String line(String words, int middle, int baseline, int widthPx, String paint) {
    return """
        <text x="%s" y="%s" textLength="%s" lengthAdjust="spacingAndGlyphs" %s>%s</text>"""
        .formatted(middle, baseline, widthPx, paint, xml(words));
  }

  static String fill(Colour colour) {
    return "fill=\"" + colour.hex() + '"';
  }

  /** Escapes text for an attribute or an element. */
  static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
