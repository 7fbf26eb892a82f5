package com.visitorcount.page;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the host of a page to its one form: lower case, punycode, no trailing dot, no usual port.
 */
final class Host {
  private static final PercentText TEXT = new PercentText("");
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(\\[[^\\]]*]|[^:]*)(?::([0-9]{1,5}))?");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\\.)*[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}]");
  private static final int MAX_PORT = 65_535;

  private Host() {}

  /**
   * @param authority host with or without user information and port
   * @throws InvalidPageException if it names no host
   */
  static String normalise(String authority) {
    String withoutUser = authority.substring(authority.lastIndexOf('@') + 1);
    Matcher parts = HOST_AND_PORT.matcher(TEXT.normalise(withoutUser));
    if (!parts.matches()) {
      throw notAHost();
    }
    String name = asciiName(parts.group(1));
    if (!NAME.matcher(name).matches() && !IPV6.matcher(name).matches()) {
      throw notAHost();
    }
    return name + port(parts.group(2));
  }

  /** Whether a text is a host in its one form. */
  static boolean isNormal(String text) {
    try {
      return normalise(text).equals(text);
    } catch (InvalidPageException e) {
      return false;
    }
  }

  private static String asciiName(String name) {
    String ascii;
    try {
      ascii = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw notAHost();
    }
    ascii = ascii.toLowerCase(Locale.ROOT);
    return ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
  }

  private static String port(@Nullable String digits) {
    if (digits == null) {
      return "";
    }
    int port = Integer.parseInt(digits);
    if (port > MAX_PORT) {
      throw notAHost();
    }
    return port == 80 || port == 443 ? "" : ":" + port;
  }

  private static InvalidPageException notAHost() {
    return new InvalidPageException(
        "What stands before the first slash of a page must be a host name, as in example.com/about.");
  }
}
