package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import java.util.regex.Pattern;

/**
 * Reads a page that a client names in addition to the URL of the open page, as in {@code
 * visitorCount('download/manual.pdf')}. A path belongs to the site of that URL, unless it begins
 * with a site that is counted here.
 */
final class PageNames {
  private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*", Pattern.DOTALL);

  private final PageRules rules;
  private final CountedSites sites;

  PageNames(PageRules rules, CountedSites sites) {
    this.rules = requireNonNull(rules, "rules");
    this.sites = requireNonNull(sites, "sites");
  }

  /** Whether a text is an {@code http} or {@code https} URL. */
  static boolean isWebAddress(String text) {
    return PageId.schemeLength(text) > 0;
  }

  /**
   * The page with a name. Bare names, URLs and pages of the site {@value PageId#DEFAULT_SITE} mean
   * the same everywhere.
   *
   * @param url of the open page, empty if there is none
   * @throws InvalidPageException if the name is not a valid page
   */
  PageId page(String name, String url) {
    if (url.isEmpty()) {
      return rules.viewed(name);
    }
    String host = SiteHost.of(url).name();
    return isPathOf(host, name) ? rules.viewed(host + "/" + name) : rules.viewed(name);
  }

  private boolean isPathOf(String host, String name) {
    int slash = QUERY_OR_FRAGMENT.matcher(name).replaceFirst("").indexOf('/');
    if (host.isEmpty() || slash < 0 || isWebAddress(name)) {
      return false;
    }
    return slash == 0 || !isSite(name.substring(0, slash), host);
  }

  private boolean isSite(String segment, String host) {
    try {
      String site = rules.page(segment + "/").site();
      return site.equals(PageId.DEFAULT_SITE) || site.equals(host) || sites.isNamed(site);
    } catch (InvalidPageException e) {
      return false;
    }
  }
}
