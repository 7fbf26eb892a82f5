package com.visitorcount.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The name of what is counted, a page or an event of a site, in canonical form. A page is written
 * in one of three ways:
 *
 * <ul>
 *   <li>{@code example.com/blog/first-post}: a path of a site. A full {@code http} or {@code https}
 *       URL is read as this; the root is {@code example.com/}.
 *   <li>{@code /about}: a path of the site {@value #DEFAULT_SITE}.
 *   <li>{@code main_page}: a bare name, on the site {@value #DEFAULT_SITE}.
 * </ul>
 *
 * <p>The host is lower case, without user, default port or trailing dot. Path and name keep their
 * case, are percent-decoded once and converted to Unicode NFC; an encoded slash, question mark,
 * number sign or percent sign stays encoded, since it differs from a plain one, and so do bytes
 * that are not UTF-8. Segments {@code .} and {@code ..} are resolved as in browsers, never above
 * the root; session ids that servers write into paths, as in {@code /a;jsessionid=1B}, are removed.
 * Repeated and trailing slashes, the fragment and the query are removed, except for query
 * parameters that are kept: these are sorted. {@code PageId.of(x.toString())} equals {@code x} with
 * the same set of kept parameters.
 *
 * <p>An event is written {@code example.com!signup}: its site, an exclamation mark, and its name,
 * unescaped. The site is {@value #DEFAULT_SITE} or a canonical host with a dot or a port; a host
 * with neither gets a trailing dot, as in {@code intranet.!signup}, so that {@code hello!world}
 * stays a bare name. Any other text with an exclamation mark is a page.
 */
public final class PageId {
  /** Longest page id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 512;

  /** The site of pages without a host. */
  public static final String DEFAULT_SITE = "default";

  /** Longer texts are refused unread. */
  private static final int MAX_RAW_CHARS = 8_192;

  private static final List<String> SCHEMES = List.of("https://", "http://");
  private static final PercentText PATH_TEXT = new PercentText("/?#");
  private static final PercentText QUERY_TEXT = new PercentText("&=+#");

  /** Used when a request names no page, as in the first version of the counter. */
  public static final PageId DEFAULT_PAGE = of("main_page");

  private static final char EVENT_MARK = '!';

  private final String site;
  private final String value;

  /** Empty for a page. */
  private final String eventName;

  private PageId(String site, String value, String eventName) {
    this.site = site;
    this.value = value;
    this.eventName = eventName;
  }

  private static PageId ofPage(String site, String value) {
    return new PageId(site, value, "");
  }

  /**
   * Reads a page id, dropping its query.
   *
   * @throws InvalidPageException if the text is blank, longer than {@value #MAX_BYTES} bytes in
   *     canonical form, begins with {@code #}, contains a control character or a lone surrogate, or
   *     has an invalid host
   */
  public static PageId of(String raw) {
    return of(raw, Set.of());
  }

  /**
   * Reads a page id, keeping the query parameters with the given names.
   *
   * @param keptQueryParameters decoded, case-sensitive names
   * @throws InvalidPageException as {@link #of(String)}
   */
  public static PageId of(String raw, Set<String> keptQueryParameters) {
    if (raw.length() > MAX_RAW_CHARS) {
      throw tooLong();
    }
    if (raw.startsWith("#")) {
      throw new InvalidPageException("A page must not begin with #.");
    }
    PageId event = eventOfKey(raw);
    if (event != null) {
      return event;
    }
    String withoutFragment = before(raw, '#');
    String address = before(withoutFragment, '?');
    String query = keptQuery(withoutFragment.substring(address.length()), keptQueryParameters);
    return ofAddress(address, query).bounded();
  }

  /**
   * An event of a site.
   *
   * @param site as returned by {@link #site()}
   * @param name at most 64 bytes of UTF-8 in canonical form, which is Unicode NFC without blanks
   *     around it
   * @throws InvalidPageException if the name is empty or too long, or contains a control character,
   *     a line break or a lone surrogate
   * @throws IllegalArgumentException if the site is invalid
   */
  public static PageId event(String site, String name) {
    if (!site.equals(DEFAULT_SITE) && !Host.isNormal(site)) {
      throw new IllegalArgumentException("not a site");
    }
    boolean needsDot = !site.equals(DEFAULT_SITE) && !hasDotOrPort(site);
    String normal = EventName.normalise(name);
    return new PageId(site, site + (needsDot ? "." : "") + EVENT_MARK + normal, normal);
  }

  private static boolean hasDotOrPort(String host) {
    return host.indexOf('.') >= 0 || host.indexOf(':') >= 0;
  }

  /** The event whose counter has this key, null if the key is a page's. */
  private static @Nullable PageId eventOfKey(String key) {
    int mark = key.indexOf(EVENT_MARK);
    int slash = key.indexOf('/');
    if (mark <= 0 || (slash >= 0 && slash < mark) || !EventName.isNormal(key.substring(mark + 1))) {
      return null;
    }
    String written = key.substring(0, mark);
    boolean dotted = written.endsWith(".");
    String site = dotted ? written.substring(0, mark - 1) : written;
    boolean isSite =
        site.equals(DEFAULT_SITE) ? !dotted : dotted != hasDotOrPort(site) && Host.isNormal(site);
    return isSite ? new PageId(site, key, key.substring(mark + 1)) : null;
  }

  /** The same page or event of another site, which has a host if this one has. */
  PageId ofSite(String other) {
    if (other.equals(site)) {
      return this;
    }
    return isEvent()
        ? event(other, eventName)
        : ofPage(other, other + value.substring(site.length())).bounded();
  }

  private PageId bounded() {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw tooLong();
    }
    return this;
  }

  /**
   * The page or event whose counter has this key: a canonical page id, or whatever an older version
   * has written, unchanged. The text before the first slash is its site if it is a host.
   */
  public static PageId ofKey(String key) {
    PageId event = eventOfKey(key);
    if (event != null) {
      return event;
    }
    int slash = key.indexOf('/');
    if (slash <= 0) {
      return ofPage(DEFAULT_SITE, key);
    }
    String host = key.substring(0, slash);
    return ofPage(Host.isNormal(host) ? host : DEFAULT_SITE, key);
  }

  private static PageId ofAddress(String address, String query) {
    int scheme = schemeLength(address);
    boolean url = scheme > 0;
    String text = address.substring(scheme);
    int slash = text.indexOf('/');
    if (!url && slash < 0) {
      return ofName(SessionIds.cut(PATH_TEXT.normalise(text)), query);
    }
    String authority = slash < 0 ? text : text.substring(0, slash);
    String path = path(slash < 0 ? "/" : text.substring(slash));
    String host = authority.isEmpty() && !url ? DEFAULT_SITE : Host.normalise(authority);
    return ofPage(host, (host.equals(DEFAULT_SITE) ? "" : host) + path + query);
  }

  /**
   * Length of {@code http://} or {@code https://}, ignoring case, at the start of a text; 0 if
   * there is neither.
   */
  public static int schemeLength(String text) {
    for (String scheme : SCHEMES) {
      if (startsWithIgnoringCase(text, scheme)) {
        return scheme.length();
      }
    }
    return 0;
  }

  /** ASCII letters only: some others have the same upper case. */
  private static boolean startsWithIgnoringCase(String text, String lowerCase) {
    if (text.length() < lowerCase.length()) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The site of pages with this host.
   *
   * @param authority the text between scheme and path in a URL
   * @throws InvalidPageException if the host is invalid
   */
  public static String siteOf(String authority) {
    return Host.normalise(authority);
  }

  private static PageId ofName(String name, String query) {
    if (name.isBlank()) {
      throw new InvalidPageException("A page must not be empty.");
    }
    // escapes and marks are removed only now, and what then looks like an event is one
    return ofKey(name + query);
  }

  private static String path(String raw) {
    List<String> segments = new ArrayList<>();
    for (String segment : PATH_TEXT.normalise(raw).substring(1).split("/", -1)) {
      String named = SessionIds.cut(segment);
      if (named.equals("..")) {
        // empty segments count, too
        segments.subList(Math.max(0, segments.size() - 1), segments.size()).clear();
      } else if (!named.equals(".")) {
        segments.add(named);
      }
    }
    segments.removeIf(String::isEmpty);
    return "/" + String.join("/", segments);
  }

  private static String keptQuery(String query, Set<String> kept) {
    if (query.isEmpty() || kept.isEmpty()) {
      return "";
    }
    String parameters =
        Arrays.stream(query.substring(1).split("&", -1))
            .map(parameter -> QUERY_TEXT.normalise(parameter.replace('+', ' ')))
            .filter(parameter -> kept.contains(before(parameter, '=')))
            .distinct()
            .sorted()
            .collect(Collectors.joining("&"));
    return parameters.isEmpty() ? "" : "?" + parameters;
  }

  private static String before(String text, char end) {
    int i = text.indexOf(end);
    return i < 0 ? text : text.substring(0, i);
  }

  private static InvalidPageException tooLong() {
    return new InvalidPageException(
        "A page must not be longer than " + MAX_BYTES + " bytes of UTF-8.");
  }

  /** The host that the page or event belongs to, or {@value #DEFAULT_SITE}. */
  public String site() {
    return site;
  }

  /** Whether this is an event, not a page. */
  public boolean isEvent() {
    return !eventName.isEmpty();
  }

  /** The name of the event, empty for a page. */
  public String eventName() {
    return eventName;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageId page && value.equals(page.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  /** The page or event in canonical form: the key of its counter. */
  @Override
  public String toString() {
    return value;
  }
}
