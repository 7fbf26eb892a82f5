package com.visitorcount.http;

import com.visitorcount.page.PageId;
import java.util.List;
import java.util.Set;

/**
 * Which counts anyone may read: all, none, or those of some pages. Pages are given by name, or by a
 * pattern in which {@code *} matches any text without a slash, and {@code **} any text.
 */
public final class PublicCounts {
  private static final String VARIABLE = "PUBLIC_COUNTS";
  private static final String ALL = "all";
  private static final String NONE = "none";
  private static final String EVERYTHING = "**";

  private final List<String> patterns;

  private PublicCounts(List<String> patterns) {
    this.patterns = patterns;
  }

  /** The setting {@code PUBLIC_COUNTS}; all counts if it is absent. */
  public static PublicCounts from(Environment environment) {
    return of(environment.list(VARIABLE));
  }

  /**
   * Reads the entries of the setting.
   *
   * @param entries {@code all}, {@code none}, or pages and patterns; no entries: all counts
   */
  static PublicCounts of(Set<String> entries) {
    if (entries.isEmpty() || entries.equals(Set.of(ALL))) {
      return new PublicCounts(List.of(EVERYTHING));
    }
    return new PublicCounts(entries.equals(Set.of(NONE)) ? List.of() : List.copyOf(entries));
  }

  /** Whether all counts are public. */
  public boolean areAll() {
    return patterns.contains(EVERYTHING);
  }

  /** Whether anyone may read the count of a page. */
  public boolean include(PageId page) {
    return patterns.stream().anyMatch(pattern -> matches(pattern, page.toString()));
  }

  /** Whether anyone may read the totals of a site: a pattern opens all of its pages. */
  public boolean includeSite(String site) {
    return patterns.stream()
        .filter(pattern -> pattern.endsWith(EVERYTHING))
        .map(pattern -> pattern.substring(0, pattern.length() - EVERYTHING.length()))
        .anyMatch(start -> start.isEmpty() || matches(start, site + "/"));
  }

  /** Takes at most as many steps as the product of both lengths. */
  private static boolean matches(String pattern, String text) {
    boolean[] reached = new boolean[text.length() + 1];
    reached[0] = true;
    for (int i = 0; i < pattern.length(); i++) {
      boolean star = pattern.charAt(i) == '*';
      boolean twoStars = star && pattern.startsWith(EVERYTHING, i);
      boolean[] next = new boolean[text.length() + 1];
      for (int j = 0; j <= text.length(); j++) {
        if (star) {
          next[j] = reached[j] || (j > 0 && next[j - 1] && (twoStars || text.charAt(j - 1) != '/'));
        } else {
          next[j] = j > 0 && reached[j - 1] && text.charAt(j - 1) == pattern.charAt(i);
        }
      }
      i += twoStars ? 1 : 0;
      reached = next;
    }
    return reached[text.length()];
  }
}
