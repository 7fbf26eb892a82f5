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
  private static final Pattern WEB = Pattern.compile("(?i)^https?://([^/?#\\\\]{1,1024})");
  private static final Pattern ANDROID_APP =
      Pattern.compile("(?i)^android-app://([a-z0-9_]{1,64}(?:\\.[a-z0-9_]{1,64}){1,8})(?=[/?#]|$)");
  private static final Pattern WWW = Pattern.compile("^www\\.");

  /** The host of a URL; none if it has another scheme, or is not a URL. */
  static SiteHost of(String address) {
    Matcher app = ANDROID_APP.matcher(address);
    if (app.find()) {
      return new SiteHost(app.group(1).toLowerCase(Locale.ROOT));
    }
    Matcher web = WEB.matcher(address);
    try {
      return new SiteHost(web.find() ? PageId.of("https://" + web.group(1) + "/").site() : "");
    } catch (InvalidPageException e) {
      return new SiteHost("");
    }
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
    return WWW.matcher(name).replaceFirst("");
  }
}
