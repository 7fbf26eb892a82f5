package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import java.util.Map;

/**
 * A count in a box of 200 by 80 pixels, which a page's own CSS can style by GoatCounter's names for
 * the parts.
 *
 * @param number as shown
 * @param total whether it is the count of a site
 * @param branding whether to show who counts
 * @param style CSS of the page's author
 */
record GoatCounterImage(String number, boolean total, boolean branding, String style) {
  /** Most characters of CSS. */
  static final int MAX_STYLE_CHARS = 2_000;

  private static final int WIDTH_PX = 200;
  private static final int HEIGHT_PX = 80;
  private static final int HEIGHT_WITHOUT_BRANDING_PX = 60;

  /**
   * @throws ProblemException 400 for too much CSS
   */
  GoatCounterImage {
    requireNonNull(number, "number");
    if (style.length() > MAX_STYLE_CHARS) {
      throw new ProblemException(
          ProblemType.INVALID_QUERY,
          "The parameter style has at most " + MAX_STYLE_CHARS + " characters.");
    }
    // the CSS must not escape its element, and no selector needs these characters
    style = style.replace("<", "").replace("&", "");
  }

  private String words() {
    return total ? "Views for this site" : "Views for this page";
  }

  private int heightPx() {
    return branding ? HEIGHT_PX : HEIGHT_WITHOUT_BRANDING_PX;
  }

  /** As a scalable image. */
  HttpResponse svg() {
    String brand =
        branding
            ? "<text id=\"gcvc-by\" x=\"100\" y=\"70\" font-size=\"12\">counted by VisitorCount</text>"
            : "";
    String svg =
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" \
        role="img" aria-label="%3$s: %4$s"><title>%3$s: %4$s</title><style>%5$s</style>\
        <rect id="gcvc-border" x="1" y="1" width="%6$s" height="%7$s" rx="4" fill="#fff" \
        stroke="#0b6e5f" stroke-width="2"/><g id="gcvc" fill="#0b6e5f" text-anchor="middle" \
        font-family="sans-serif"><text id="gcvc-for" x="100" y="20" font-size="14">%3$s</text>\
        <text id="gcvc-views" x="100" y="46" font-size="24" font-weight="700">%4$s</text>%8$s</g>\
        </svg>"""
            .formatted(
                WIDTH_PX,
                heightPx(),
                words(),
                number,
                style.replace(">", "&gt;"),
                WIDTH_PX - 2,
                heightPx() - 2,
                brand);
    return HttpResponse.of("image/svg+xml; charset=utf-8", svg)
        .with(Map.of("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'"));
  }

  /** As a document for a frame. */
  HttpResponse html() {
    String brand = branding ? "<br><small id=\"gcvc-by\">counted by VisitorCount</small>" : "";
    String html =
        """
        <!doctype html><html lang="en"><meta charset="utf-8"><title>%1$s</title><style>\
        body{margin:0}div{box-sizing:border-box;height:%2$spx;padding-top:6px;border:2px solid \
        #0b6e5f;border-radius:4px;background:#fff;color:#0b6e5f;font:14px/1.4 sans-serif;\
        text-align:center}#gcvc-views{font-size:24px;font-weight:700;line-height:1.1}%3$s</style>\
        <div><span id="gcvc-for">%1$s</span><br><span id="gcvc-views">%4$s</span>%5$s</div>"""
            .formatted(words(), heightPx(), style, number, brand);
    return HttpResponse.of("text/html; charset=utf-8", html)
        .with(
            Map.of(
                "content-security-policy",
                "default-src 'none'; style-src 'unsafe-inline'; sandbox"));
  }

  /** As a pixel image, with only the number. */
  HttpResponse png() {
    return HttpResponse.of("image/png", PixelNumber.png(number, WIDTH_PX, heightPx()));
  }
}
