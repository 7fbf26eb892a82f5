package com.visitorcount.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The name of what is counted, in its one form. It is written in one of three ways:
 *
 * <ul>
 *   <li>{@code example.com/blog/first-post}: a path of a site. A whole {@code http} or {@code
 *       https} address is read as this; the root is {@code example.com/}.
 *   <li>{@code /about}: a path of the site {@value #DEFAULT_SITE}.
 *   <li>{@code main_page}: a bare name, on the site {@value #DEFAULT_SITE}.
 * </ul>
 *
 * <p>The host is lower case and without user, usual port and trailing dot. Path and name keep their
 * case, are percent-decoded once and put into Unicode NFC; an encoded slash, question mark, number
 * sign or percent sign stays encoded, since it is not the same as a plain one, and so do bytes that
 * are no UTF-8. Segments {@code .} and {@code ..} are resolved as browsers do, never above the
 * root; session ids that servers write into paths, as in {@code /a;jsessionid=1B}, are cut.
 * Repeated and trailing slashes, the fragment and the query go, save for query parameters that are
 * to be kept: these are sorted. {@code PageId.of(x.toString())} equals {@code x} under the same set
 * of kept parameters.
 */
public final class PageId {
  /** Longest page id, in bytes of UTF-8. */
  public static final int MAX_BYTES = 512;

  /** The site of pages that name none. */
  public static final String DEFAULT_SITE = "default";

  /** No text longer than this is even looked at. */
  private static final int MAX_RAW_CHARS = 8_192;

  private static final Pattern SCHEME = Pattern.compile("(?i)^https?://");
  private static final PercentText PATH_TEXT = new PercentText("/?#");
  private static final PercentText QUERY_TEXT = new PercentText("&=+#");

  /** What is meant where nobody names a page, as with the first counter of this table. */
  public static final PageId DEFAULT_PAGE = of("main_page");

  private final String site;
  private final String value;

  private PageId(String site, String value) {
    this.site = site;
    this.value = value;
  }

  /**
   * Reads a page id, without its query.
   *
   * @throws InvalidPageException if the text is blank, longer than {@value #MAX_BYTES} bytes once
   *     it is in its one form, begins with {@code #}, holds a control character or a lone
   *     surrogate, or names a site that is no host
   */
  public static PageId of(String raw) {
    return of(raw, Set.of());
  }

  /**
   * Reads a page id whose query parameters of the given names are part of it.
   *
   * @param keptQueryParameters names as they read when decoded, in exact case
   * @throws InvalidPageException as {@link #of(String)}
   */
  public static PageId of(String raw, Set<String> keptQueryParameters) {
    if (raw.length() > MAX_RAW_CHARS) {
      throw tooLong();
    }
    if (raw.startsWith("#")) {
      throw new InvalidPageException("A page must not begin with #.");
    }
    String withoutFragment = before(raw, '#');
    String address = before(withoutFragment, '?');
    String query = keptQuery(withoutFragment.substring(address.length()), keptQueryParameters);
    return ofAddress(address, query).bounded();
  }

  /** The same page of another site, which has a host if this one has. */
  PageId ofSite(String other) {
    return other.equals(site)
        ? this
        : new PageId(other, other + value.substring(site.length())).bounded();
  }

  private PageId bounded() {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw tooLong();
    }
    return this;
  }

  /**
   * The page whose counter has this key: a page id in its one form, or whatever an older counter
   * has written, as it stands. What stands before the first slash is its site if it is a host.
   */
  public static PageId ofKey(String key) {
    int slash = key.indexOf('/');
    if (slash <= 0) {
      return new PageId(DEFAULT_SITE, key);
    }
    String host = key.substring(0, slash);
    return new PageId(Host.isNormal(host) ? host : DEFAULT_SITE, key);
  }

  private static PageId ofAddress(String address, String query) {
    boolean url = SCHEME.matcher(address).find();
    String text = url ? SCHEME.matcher(address).replaceFirst("") : address;
    int slash = text.indexOf('/');
    if (!url && slash < 0) {
      return ofName(SessionIds.cut(PATH_TEXT.normalise(text)), query);
    }
    String authority = slash < 0 ? text : text.substring(0, slash);
    String path = path(slash < 0 ? "/" : text.substring(slash));
    String host = authority.isEmpty() && !url ? DEFAULT_SITE : Host.normalise(authority);
    return new PageId(host, (host.equals(DEFAULT_SITE) ? "" : host) + path + query);
  }

  private static PageId ofName(String name, String query) {
    if (name.isBlank()) {
      throw new InvalidPageException("A page must not be empty.");
    }
    return new PageId(DEFAULT_SITE, name + query);
  }

  private static String path(String raw) {
    List<String> segments = new ArrayList<>();
    for (String segment : PATH_TEXT.normalise(raw).substring(1).split("/", -1)) {
      String named = SessionIds.cut(segment);
      if (named.equals("..")) {
        // an empty segment is one, too
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

  /** The host that the page belongs to, or {@value #DEFAULT_SITE}. */
  public String site() {
    return site;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PageId page && value.equals(page.value);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(value);
  }

  /** The page id in its one form: the key of its counter. */
  @Override
  public String toString() {
    return value;
  }
}
