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
 * The sites whose pages are counted: those configured, or else those of the allowed origins, or
 * else, if any origin may count, all sites. The site {@value PageId#DEFAULT_SITE}, for pages
 * without a host, belongs to the owner and is always counted.
 */
final class CountedSites {
  private final boolean any;
  private final Set<String> sites;

  private CountedSites(boolean any, Set<String> sites) {
    this.any = any;
    this.sites = Set.copyOf(sites);
  }

  /**
   * Reads site names, which are hosts; an alias means its site.
   *
   * @param named may be empty
   * @throws IllegalArgumentException for a name that is not a host
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
   * Whether the first part of a page's name, as in {@code example.com/about}, is a site that is
   * counted. If all hosts are counted, anything with a dot or a port is a site.
   */
  boolean isNamed(String host) {
    return any ? host.indexOf('.') >= 0 || host.indexOf(':') >= 0 : sites.contains(host);
  }

  /**
   * @throws ProblemException 403 if the page's site is not counted
   */
  void require(PageId page) {
    if (!any && !page.site().equals(PageId.DEFAULT_SITE) && !sites.contains(page.site())) {
      throw new ProblemException(
          ProblemType.SITE_NOT_CONFIGURED,
          "Pages of this site are not counted here; the owner sets the counted sites with the parameter Sites.");
    }
  }
}
