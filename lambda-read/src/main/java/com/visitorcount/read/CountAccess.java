package com.visitorcount.read;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.PublicCounts;
import com.visitorcount.page.PageId;
import com.visitorcount.read.statistics.StatisticsAccess;
import java.util.Collection;

/**
 * Who may read counts: anyone, as far as they are public, and whoever may read the statistics of
 * the site.
 */
record CountAccess(PublicCounts publicCounts, StatisticsAccess statistics) {
  /**
   * Lets those in who may read the counts of all these pages.
   *
   * @throws ProblemException 401 if the request may not
   */
  void require(HttpRequest request, Collection<PageId> pages) {
    for (PageId page : pages) {
      if (!publicCounts.include(page)) {
        statistics.require(request, page.site());
      }
    }
  }

  /**
   * Lets those in who may read the totals of a site.
   *
   * @throws ProblemException 401 if the request may not
   */
  void requireSite(HttpRequest request, String site) {
    if (!publicCounts.includeSite(site)) {
      statistics.require(request, site);
    }
  }

  /**
   * The value of {@code Cache-Control}: caches that many people share keep only what all may read.
   */
  String cacheControl(int maxAgeSeconds) {
    String shared = publicCounts.areAll() ? "public" : "private";
    return shared + ", max-age=" + maxAgeSeconds;
  }
}
