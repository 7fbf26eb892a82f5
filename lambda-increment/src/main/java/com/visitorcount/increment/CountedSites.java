package com.visitorcount.increment;

import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.SiteAliases;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The sites whose pages are counted: those named, or else those of the allowed origins, or else,
 * where any origin may count, every one. The site {@value PageId#DEFAULT_SITE}, of pages without a
 * host, is the owner's and is always counted.
 */
final class CountedSites {
  private final boolean any;
  private final Set<String> sites;

  private CountedSites(boolean any, Set<String> sites) {
    this.any = any;
    this.sites = Set.copyOf(sites);
  }

  /**
   * Reads site names, which are hosts; an alias stands for its site.
   *
   * @param named may be empty
   * @throws IllegalArgumentException for a name that is no host
   */
  static CountedSites of(Collection<String> named, AllowedOrigins origins, SiteAliases aliases) {
    Set<String> sites = new HashSet<>();
    for (String name : named) {
      sites.add(aliases.site(site(name)));
    }
    if (named.isEmpty()) {
      origins.sites().forEach(site -> sites.add(aliases.site(site)));
    }
    return new CountedSites(named.isEmpty() && origins.any(), sites);
  }

  private static String site(String name) {
    if (name.contains("/")) {
      throw new IllegalArgumentException(name + " is not a site");
    }
    try {
      return PageId.of(name + "/").site();
    } catch (InvalidPageException e) {
      throw new IllegalArgumentException(name + " is not a site", e);
    }
  }

  /**
   * Whether the first part of a page's name, as in {@code example.com/about}, is a site: one that
   * is counted. Where every host is counted, what has a dot or a port is taken for one.
   */
  boolean isNamed(String host) {
    return any ? host.indexOf('.') >= 0 || host.indexOf(':') >= 0 : sites.contains(host);
  }

  /**
   * @throws ProblemException 403 if pages of this one's site are not counted
   */
  void require(PageId page) {
    if (!any && !page.site().equals(PageId.DEFAULT_SITE) && !sites.contains(page.site())) {
      throw new ProblemException(
          ProblemType.SITE_NOT_CONFIGURED,
          "Pages of this site are not counted here; the owner names sites by the parameter Sites.");
    }
  }
}
