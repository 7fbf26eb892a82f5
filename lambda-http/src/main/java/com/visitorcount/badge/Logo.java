package com.visitorcount.badge;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A small drawing to the left of the label, in the colour of the text. */
enum Logo {
  EYE(
      "M7 2.5C3.8 2.5 1.4 5 .5 7c.9 2 3.3 4.5 6.5 4.5S12.6 9 13.5 7C12.6 5 10.2 2.5 7"
          + " 2.5zM7 9.7a2.7 2.7 0 1 1 0-5.4 2.7 2.7 0 0 1 0 5.4z"),
  CHART("M1 8h3v5H1zM5.5 4.5h3V13h-3zM10 1h3v12h-3z"),
  HEART("M7 12.5 1.9 7.4A3.2 3.2 0 0 1 6.4 2.9L7 3.5l.6-.6a3.2 3.2 0 0 1 4.5 4.5z"),
  STAR("M7 .8 8.9 4.9 13.4 5.4 10.1 8.5 11 13 7 10.7 3 13 3.9 8.5 .6 5.4 5.1 4.9z"),
  BOOK(
      "M1 2h4.5L7 3.2 8.5 2H13v9.5H8.5L7 12.7 5.5 11.5H1zM2.5 3.5V10H6V4.5L5"
          + " 3.5zM11.5 3.5H9L8 4.5V10h3.5z"),
  DOWNLOAD("M5.5 1h3v4.5H12L7 10.5 2 5.5h3.5zM1 11.5h12V13H1z"),
  PERSON(
      "M7 7.3A3.1 3.1 0 1 0 7 1.1a3.1 3.1 0 0 0 0 6.2zM1 13c.2-2.9 2.8-4.7 6-4.7s5.8 1.8 6 4.7z");

  /** Width and height. */
  static final int SIZE_PX = 14;

  /** Between the drawing and the label. */
  static final int PADDING_PX = 3;

  private final String path;

  Logo(String path) {
    this.path = path;
  }

  /** Reads a lower-case name; empty for anything else. */
  static Optional<Logo> of(String name) {
    return Arrays.stream(values()).filter(logo -> logo.text().equals(name)).findFirst();
  }

  /** All names, comma-separated. */
  static String names() {
    return Arrays.stream(values()).map(Logo::text).collect(Collectors.joining(", "));
  }

  private String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The drawing as an SVG element. */
  String svg(int x, int y, Colour ink) {
    return "<path aria-hidden=\"true\" fill=\"%s\" fill-rule=\"evenodd\" transform=\"translate(%s %s)\" d=\"%s\"/>"
        .formatted(ink.hex(), x, y, path);
  }
}
