package com.visitorcount.read;

import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.SiteAliases;
import java.util.regex.Pattern;

/** The site in a request. */
final class SiteName {
  private static final Pattern PART_OF_A_PAGE = Pattern.compile("[/?#]");

  private SiteName() {}

  /**
   * Reads a host, or {@value PageId#DEFAULT_SITE}.
   *
   * @throws ProblemException 400 for anything else
   */
  static String of(String name, SiteAliases aliases) {
    try {
      // with one of these characters it would be parsed as part of a page
      if (!name.isBlank() && !PART_OF_A_PAGE.matcher(name).find()) {
        return aliases.site(PageId.of(name + "/").site());
      }
    } catch (InvalidPageException e) {
      // reported below
    }
    throw new ProblemException(
        ProblemType.INVALID_QUERY, "A site is a host name, as in example.com.");
  }
}
