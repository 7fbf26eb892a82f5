package com.visitorcount.read;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.PublicCounts;
import com.visitorcount.page.PageId;
import com.visitorcount.read.statistics.StatisticsAccess;
import java.util.Collection;

/**
 * Who may read counts: anyone if they are public, and everyone who may read the site's statistics.
 */
record CountAccess(PublicCounts publicCounts, StatisticsAccess statistics) {
  /**
   * Requires access to the counts of all these pages.
   *
   * @throws ProblemException 401 if the request has none
   */
  void require(HttpRequest request, Collection<PageId> pages) {
    for (PageId page : pages) {
      if (!publicCounts.include(page)) {
        statistics.require(request, page.site());
      }
    }
  }

  /**
   * Requires access to the totals of a site.
   *
   * @throws ProblemException 401 if the request has none
   */
  void requireSite(HttpRequest request, String site) {
    if (!publicCounts.includeSite(site)) {
      statistics.require(request, site);
    }
  }

  /** The value of {@code Cache-Control}: shared caches keep only what everyone may read. */
  String cacheControl(int maxAgeSeconds) {
    String shared = publicCounts.areAll() ? "public" : "private";
    return shared + ", max-age=" + maxAgeSeconds;
  }
}
