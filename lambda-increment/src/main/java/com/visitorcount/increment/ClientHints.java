package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a client reports about a view besides its page; empty if absent. None of it is required for
 * counting, so values of the wrong type are treated as absent.
 *
 * @param url full URL of the page, including its query
 * @param referrer URL that the visitor came from
 * @param timeZone IANA name
 * @param device class by the width of the window
 */
record ClientHints(String url, String referrer, String timeZone, String device) {
  static final ClientHints NONE = new ClientHints("", "", "", "");

  private static final int PIXELS_OF_UNIT = 256;
  private static final int MOBILE_BELOW = 2;
  private static final int TABLET_BELOW = 4;
  private static final int LAPTOP_BELOW = 6;

  ClientHints {
    requireNonNull(url, "url");
    requireNonNull(referrer, "referrer");
    requireNonNull(timeZone, "timeZone");
    requireNonNull(device, "device");
  }

  static ClientHints of(ObjectNode body) {
    return new ClientHints(
        text(body, "url"), text(body, "referrer"), text(body, "tz"), device(body.path("w"), 1));
  }

  /** The device class for a window's width in pixels, empty if the width is invalid. */
  static String deviceOfPixels(JsonNode width) {
    return device(width, PIXELS_OF_UNIT);
  }

  private static String text(ObjectNode body, String member) {
    JsonNode value = body.path(member);
    return value.isTextual() ? value.textValue() : "";
  }

  /** Our tracker sends the width in units of 256 pixels, which is precise enough. */
  private static String device(JsonNode width, int parts) {
    if (!width.isIntegralNumber() || !width.canConvertToInt() || width.intValue() < 0) {
      return "";
    }
    int w = width.intValue() / parts;
    return w < MOBILE_BELOW
        ? "Mobile"
        : w < TABLET_BELOW ? "Tablet" : w < LAPTOP_BELOW ? "Laptop" : "Desktop";
  }
}
