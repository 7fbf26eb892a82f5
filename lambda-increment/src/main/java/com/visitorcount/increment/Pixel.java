package com.visitorcount.increment;

import com.visitorcount.http.HttpResponse;
import java.util.HexFormat;

/** A GIF of one transparent pixel. */
final class Pixel {
  private static final byte[] GIF =
      HexFormat.of()
          .parseHex(
              "474946383961" // signature
                  + "01000100800000" // 1 by 1 pixel, with a table of two colours
                  + "000000000000" // the two colours
                  + "21f9040100000000" // the first colour is transparent
                  + "2c00000000010001000002024401003b"); // one pixel of the first colour; the end

  private Pixel() {}

  static HttpResponse image() {
    return HttpResponse.of("image/gif", GIF);
  }
}
