package com.visitorcount.page;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hosts that serve the pages of another site: both count as one site. */
public final class SiteAliases {
  /** Every host is a site of its own. */
  public static final SiteAliases NONE = new SiteAliases(Map.of());

  private final Map<String, String> sites;

  private SiteAliases(Map<String, String> sites) {
    this.sites = Map.copyOf(sites);
  }

  /**
   * Reads entries such as {@code www.example.com=example.com}: a host, and the site it belongs to.
   *
   * @throws IllegalArgumentException naming the invalid entry: not two hosts, a host with two
   *     sites, or a site that is itself an alias
   */
  public static SiteAliases of(Collection<String> entries) {
    Map<String, String> sites = new LinkedHashMap<>();
    for (String entry : entries) {
      int equals = entry.indexOf('=');
      if (equals < 0) {
        throw wrong(entry, "is not written as www.example.com=example.com");
      }
      String alias = host(entry, entry.substring(0, equals));
      String site = host(entry, entry.substring(equals + 1));
      String known = sites.putIfAbsent(alias, site);
      if (known != null && !known.equals(site)) {
        throw wrong(entry, "gives " + alias + " a second site");
      }
    }
    for (Map.Entry<String, String> entry : sites.entrySet()) {
      if (sites.containsKey(entry.getValue())) {
        throw wrong(
            entry.getKey() + "=" + entry.getValue(), "leads to a host that is itself an alias");
      }
    }
    return new SiteAliases(sites);
  }

  private static String host(String entry, String text) {
    try {
      // these characters would be parsed as part of a page
      if (text.indexOf('/') < 0 && text.indexOf('?') < 0) {
        String site = PageId.of(text + "/").site();
        if (!site.equals(PageId.DEFAULT_SITE)) {
          return site;
        }
      }
    } catch (InvalidPageException e) {
      // reported below
    }
    throw wrong(entry, "does not name two hosts");
  }

  private static IllegalArgumentException wrong(String entry, String what) {
    return new IllegalArgumentException(entry + " " + what);
  }

  /** The site that a host belongs to: the host itself if it is not an alias. */
  public String site(String host) {
    return sites.getOrDefault(host, host);
  }
}
