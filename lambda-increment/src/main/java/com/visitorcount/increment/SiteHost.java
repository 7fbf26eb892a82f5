package com.visitorcount.increment;

import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.page.SiteAliases;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host of a URL, in the canonical form of a page's site: lower case, punycode, without user,
 * trailing dot or default port. For an Android app, which identifies itself as {@code
 * android-app://com.google.android.gm/}, the name of its package.
 *
 * @param name empty if there is none
 */
record SiteHost(String name) {
  private static final int MAX_AUTHORITY_CHARS = 1_024;
  private static final SiteHost NONE = new SiteHost("");

  /** Browsers treat a backslash as a slash. */
  private static final String END_OF_AUTHORITY = "/?#\\";

  private static final Pattern ANDROID_APP =
      Pattern.compile("(?i)^android-app://([a-z0-9_]{1,64}(?:\\.[a-z0-9_]{1,64}){1,8})(?=[/?#]|$)");
  private static final String WWW = "www.";

  /** The host of a URL; none if it has another scheme, or is not a URL. */
  static SiteHost of(String address) {
    int scheme = PageId.schemeLength(address);
    if (scheme > 0) {
      return ofAuthority(address.substring(scheme, endOfAuthority(address, scheme)));
    }
    if (address.isEmpty()) {
      return NONE;
    }
    Matcher app = ANDROID_APP.matcher(address);
    return app.find() ? new SiteHost(app.group(1).toLowerCase(Locale.ROOT)) : NONE;
  }

  private static SiteHost ofAuthority(String authority) {
    if (authority.isEmpty()) {
      return NONE;
    }
    try {
      return new SiteHost(PageId.siteOf(authority));
    } catch (InvalidPageException e) {
      return NONE;
    }
  }

  private static int endOfAuthority(String address, int start) {
    int most = Math.min(address.length(), start + MAX_AUTHORITY_CHARS);
    int end = start;
    while (end < most && END_OF_AUTHORITY.indexOf(address.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /**
   * Whether both belong to one site: the same host, with or without {@code www.}, or one an alias
   * of the other.
   */
  boolean sameSiteAs(SiteHost other, SiteAliases aliases) {
    return !name.isEmpty() && site(name, aliases).equals(site(other.name, aliases));
  }

  private static String site(String name, SiteAliases aliases) {
    String bare = withoutWww(name);
    String alias = aliases.site(name).equals(name) ? bare : name;
    String site = aliases.site(alias);
    return site.equals(bare) ? bare : withoutWww(site);
  }

  private static String withoutWww(String name) {
    return name.startsWith(WWW) ? name.substring(WWW.length()) : name;
  }
}
