package com.visitorcount.history.statistics;

import java.util.Set;

/**
 * Sites that request pages with themselves as the referrer so that their names show up in
 * statistics, from Matomo's list.
 */
final class ReferrerSpam {
  private static final Set<String> DOMAINS = Set.copyOf(Lines.of("spam.txt"));

  private ReferrerSpam() {}

  /** Whether a host, or a domain above it, is on the list. */
  static boolean is(String host) {
    String domain = host;
    while (!domain.isEmpty()) {
      if (DOMAINS.contains(domain)) {
        return true;
      }
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    return false;
  }
}
