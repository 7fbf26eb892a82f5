package com.visitorcount.page;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Brings the host of a page to its canonical form: lower case, punycode, no trailing dot, no
 * default port. Browsers interpret hosts by UTS 46, Java by IDNA 2003; a name that the two may
 * interpret differently, such as one with {@code ß}, is refused, so that no view goes to another
 * site.
 */
final class Host {
  /** Longest host, in bytes of ASCII, without its port (RFC 1035, 2.3.4). */
  private static final int MAX_BYTES = 253;

  /** Longest part between two dots (RFC 1035, 2.3.4). */
  private static final int MAX_LABEL_BYTES = 63;

  private static final int MAX_PORT = 65_535;
  private static final int MAX_PORT_DIGITS = 5;

  private static final PercentText TEXT = new PercentText("");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.]{2,45}+]");

  /** Invisible letters and vowels. */
  private static final String FILLERS = "\u115F\u1160\u17B4\u17B5\u3164\uFFA0";

  private static final Set<Character.UnicodeBlock> FOLDED_OTHERWISE =
      Set.of(
          Character.UnicodeBlock.VARIATION_SELECTORS_SUPPLEMENT,
          Character.UnicodeBlock.CYRILLIC_EXTENDED_C);

  private Host() {}

  /**
   * @param authority host with or without user information and port
   * @throws InvalidPageException if the host is not valid
   */
  static String normalise(String authority) {
    if (isPlain(authority)) {
      return authority;
    }
    String text = TEXT.normalise(authority.substring(authority.lastIndexOf('@') + 1));
    // no code point becomes less than one byte
    if (text.codePointCount(0, text.length()) > MAX_BYTES + 1 + MAX_PORT_DIGITS) {
      throw tooLong();
    }
    int colon = text.indexOf(':', text.startsWith("[") ? Math.max(0, text.indexOf(']')) : 0);
    return colon < 0 ? name(text) : name(text.substring(0, colon)) + port(text, colon + 1);
  }

  /**
   * Whether a text is already canonical, as nearly every host is: labels of lower-case letters,
   * digits and hyphens with dots between them.
   */
  private static boolean isPlain(String text) {
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '.') {
        boolean label =
            i > start
                && i - start <= MAX_LABEL_BYTES
                && text.charAt(start) != '-'
                && text.charAt(i - 1) != '-';
        if (!label) {
          return false;
        }
        start = i + 1;
      } else if (!isOfALabel(text.charAt(i))) {
        return false;
      }
    }
    return text.length() <= MAX_BYTES;
  }

  /** Whether a text is a host in canonical form. */
  static boolean isNormal(String text) {
    try {
      return normalise(text).equals(text);
    } catch (InvalidPageException e) {
      return false;
    }
  }

  private static String name(String text) {
    if (text.startsWith("[")) {
      String address = text.toLowerCase(Locale.ROOT);
      if (!IPV6.matcher(address).matches()) {
        throw notAHost();
      }
      return address;
    }
    StringBuilder name = new StringBuilder(text.length());
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isDot(text.charAt(i))) {
        boolean root = i == start && i == text.length() && start > 0;
        if (!root) {
          name.append(start == 0 ? "" : ".").append(label(text.substring(start, i)));
        }
        start = i + 1;
      }
    }
    if (name.length() > MAX_BYTES) {
      throw tooLong();
    }
    return name.toString();
  }

  /** The full stop and its equivalents in IDNA (RFC 3490, 3.1). */
  private static boolean isDot(char c) {
    return c == '.' || c == '\u3002' || c == '\uFF0E' || c == '\uFF61';
  }

  private static String label(String text) {
    // no code point becomes less than one byte, and encoding a long text would take long
    if (text.codePointCount(0, text.length()) > MAX_LABEL_BYTES) {
      throw tooLong();
    }
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    String label = ascii ? text.toLowerCase(Locale.ROOT) : asciiForm(text);
    if (label.length() > MAX_LABEL_BYTES) {
      throw tooLong();
    }
    if (label.isEmpty()
        || label.startsWith("-")
        || label.endsWith("-")
        || !label.chars().allMatch(Host::isOfALabel)) {
      throw notAHost();
    }
    return label;
  }

  private static boolean isOfALabel(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  }

  /**
   * The punycode of a label. IDNA 2003 knows only the characters of Unicode 3.2, and folds away
   * some that UTS 46 keeps; if its result equals Unicode's own folding of the label, the two agree.
   */
  private static String asciiForm(String label) {
    String ascii;
    try {
      ascii = IDN.toASCII(label, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw notAHost();
    }
    if (!IDN.toUnicode(ascii, IDN.ALLOW_UNASSIGNED).equals(folded(label))) {
      throw ambiguous();
    }
    return ascii;
  }

  /** Lower case and NFKC, for all characters that this Java knows. */
  private static String folded(String label) {
    StringBuilder lowerCase = new StringBuilder(label.length());
    for (int c : Normalizer.normalize(label, Normalizer.Form.NFKC).codePoints().toArray()) {
      if (!isReadAlike(c)) {
        throw ambiguous();
      }
      lowerCase.appendCodePoint(Character.toLowerCase(c));
    }
    return Normalizer.normalize(lowerCase, Normalizer.Form.NFKC);
  }

  /** Whether UTS 46 neither leaves out nor folds a code point that Unicode's lower case keeps. */
  private static boolean isReadAlike(int c) {
    return Character.isDefined(c)
        && Character.getType(c) != Character.FORMAT
        && FILLERS.indexOf(c) < 0
        && Character.UnicodeScript.of(c) != Character.UnicodeScript.CHEROKEE
        && !FOLDED_OTHERWISE.contains(Character.UnicodeBlock.of(c));
  }

  private static String port(String text, int start) {
    int digits = text.length() - start;
    if (digits < 1
        || digits > MAX_PORT_DIGITS
        || !text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9')) {
      throw notAHost();
    }
    int port = Integer.parseInt(text, start, text.length(), 10);
    if (port > MAX_PORT) {
      throw notAHost();
    }
    return port == 80 || port == 443 ? "" : ":" + port;
  }

  private static InvalidPageException notAHost() {
    return new InvalidPageException(
        "The part of a page before the first slash must be a host name, such as example.com/about.");
  }

  private static InvalidPageException tooLong() {
    return new InvalidPageException(
        "A host name has at most "
            + MAX_BYTES
            + " bytes, and "
            + MAX_LABEL_BYTES
            + " between two dots.");
  }

  private static InvalidPageException ambiguous() {
    return new InvalidPageException(
        "This host name has a character that browsers and older software read differently, such as"
            + " ß. Write the host in its ASCII form, xn--…, as location.host gives it in a browser.");
  }
}
