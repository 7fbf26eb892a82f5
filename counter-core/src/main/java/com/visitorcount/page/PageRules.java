package com.visitorcount.page;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * An owner's settings for page ids.
 *
 * @param keptQueryParameters query parameters that are part of a page's id
 * @param aliases hosts that belong to other sites
 */
public record PageRules(Set<String> keptQueryParameters, SiteAliases aliases) {
  /** No query is kept, and every host is a site of its own. */
  public static final PageRules NONE = new PageRules(Set.of(), SiteAliases.NONE);

  public PageRules {
    keptQueryParameters = Set.copyOf(keptQueryParameters);
    requireNonNull(aliases, "aliases");
  }

  /**
   * Reads the page id of a view, which must not be an event's.
   *
   * @throws InvalidPageException as {@link PageId#of(String, Set)}, and for an event
   */
  public PageId viewed(String raw) {
    PageId page = page(raw);
    if (page.isEvent()) {
      throw new InvalidPageException(
          "An event is not counted as a page; send its name, as in {\"event\":\"signup\"}, with the"
              + " url of its page.");
    }
    return page;
  }

  /**
   * Reads a page id, or the key of an event such as {@code example.com!signup}.
   *
   * @throws InvalidPageException as {@link PageId#of(String, Set)}
   */
  public PageId page(String raw) {
    PageId page = PageId.of(raw, keptQueryParameters);
    return page.ofSite(aliases.site(page.site()));
  }
}
