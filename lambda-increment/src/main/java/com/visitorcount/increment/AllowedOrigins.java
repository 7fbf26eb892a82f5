package com.visitorcount.increment;

import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The origins whose pages may count. CORS keeps a foreign page from reading the answer, not from
 * sending the request, which is refused here. A request without {@code Origin} is not from a
 * browser page of another origin and is accepted.
 */
final class AllowedOrigins {
  private static final String ANY = "*";

  /** An origin as browsers send it: no path or trailing slash. */
  private static final Pattern ORIGIN = Pattern.compile("(?i)https?://[^/?#@\\s]+");

  private final Set<String> origins;

  private AllowedOrigins(Set<String> origins) {
    this.origins = Set.copyOf(origins);
  }

  /**
   * Reads origins such as {@code scheme://host[:port]}, or {@code *} for any.
   *
   * @throws IllegalArgumentException for anything else
   */
  static AllowedOrigins of(Collection<String> origins) {
    Set<String> all = new HashSet<>();
    for (String origin : origins) {
      if (!origin.equals(ANY)) {
        site(origin);
      }
      all.add(origin.toLowerCase(Locale.ROOT));
    }
    return new AllowedOrigins(all);
  }

  boolean any() {
    return origins.contains(ANY);
  }

  boolean allows(@Nullable String origin) {
    return origin == null || any() || origins.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** The sites of these origins. */
  Set<String> sites() {
    Set<String> sites = new HashSet<>();
    for (String origin : origins) {
      if (!origin.equals(ANY)) {
        sites.add(site(origin));
      }
    }
    return sites;
  }

  private static String site(String origin) {
    if (!ORIGIN.matcher(origin).matches()) {
      throw new IllegalArgumentException(origin + " is not an origin");
    }
    try {
      return PageId.of(origin).site();
    } catch (InvalidPageException e) {
      throw new IllegalArgumentException(origin + " is not an origin", e);
    }
  }
}
