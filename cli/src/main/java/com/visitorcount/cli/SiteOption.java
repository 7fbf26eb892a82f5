package com.visitorcount.cli;

import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The site for a file that does not contain one. */
final class SiteOption {
  @Option(
      names = "--site",
      paramLabel = "SITE",
      description = "The site of the pages in the file, as in example.com.")
  private @Nullable String site;

  /**
   * The site under the stack's name for it, or null if the user gives none.
   *
   * @throws UsageException if it is not a site
   */
  @Nullable String orNull(PageRules rules) {
    return site == null ? null : read(site, rules);
  }

  /**
   * The site under the stack's name for it.
   *
   * @throws UsageException if the user gives none, or it is not a site
   */
  String required(PageRules rules) {
    if (site == null) {
      throw new UsageException("Say which site it is: --site SITE.");
    }
    return read(site, rules);
  }

  private static String read(String site, PageRules rules) {
    if (site.equals(PageId.DEFAULT_SITE)) {
      return site;
    }
    try {
      PageId root = rules.page(site + "/");
      if (root.toString().equals(root.site() + "/")) {
        return root.site();
      }
    } catch (InvalidPageException e) {
      // refused below, like a path
    }
    throw new UsageException(site + " is no site.");
  }

  /** The page with a path. */
  static PageId page(String site, String path, PageRules rules) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    return rules.viewed(site.equals(PageId.DEFAULT_SITE) ? rooted : site + rooted);
  }
}
