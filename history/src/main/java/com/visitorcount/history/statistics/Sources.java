package com.visitorcount.history.statistics;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The common names of sites and apps that visits come from. A company has one name, whether a
 * referrer, an app or {@code utm_source} refers to it.
 *
 * <p>Names are assigned when statistics are read, and summaries of closed days keep them. If you
 * change {@code sources.txt}, {@code spam.txt} or a rule here or in {@link Channels}, give {@link
 * Dimension#SOURCE} and {@link Dimension#CHANNEL} new keys: days that were closed before are then
 * answered from their rows.
 */
final class Sources {
  /** The name of every site on the list of referrer spam. */
  static final String SPAM = "Spam";

  /** What kind of site or app a source is. */
  enum Kind {
    SEARCH,
    SOCIAL,
    VIDEO,
    EMAIL,
    AI,
    SHOPPING,
    OTHER
  }

  private static final String WWW = "www.";

  /** A URL or a host; anything after the host is ignored. */
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:[a-z][a-z+.-]{0,20}+://)?+(?:[^/?#@]*+@)?+([^/?#:@\\s]++)(?:[/?#:].*+)?+");

  /** Characters that spellings of the same name differ in. */
  private static final Pattern SEPARATORS = Pattern.compile("[ _-]++");

  /** The domain endings of a company that has a domain in nearly every country. */
  private static final Pattern COUNTRY_DOMAIN = Pattern.compile("com|cat|[a-z]{2}|com?\\.[a-z]{2}");

  private static final String ANY_COUNTRY = ".*";
  private static final String PAID = "$";

  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, String> COUNTRY_NAMES = new HashMap<>();
  private static final Map<String, String> TAGS = new HashMap<>();
  private static final Set<String> PAID_TAGS = new HashSet<>();
  private static final Map<String, Kind> KINDS = new HashMap<>();

  static {
    readSources();
  }

  private Sources() {}

  /**
   * The name of a referrer: the name of the longest of its domains that has one, {@link #SPAM}, or
   * else the host itself without {@code www.}. Empty stays empty.
   *
   * @param host lower case, or the name of an app's package
   */
  static String nameOf(String host) {
    String name = knownHost(host);
    return name.isEmpty() ? withoutWww(host) : name;
  }

  /**
   * The name for a campaign's {@code utm_source}, which may be a host, a URL, a company or a common
   * abbreviation of one; otherwise the text as it was sent.
   */
  static String nameOfTag(String tag) {
    String text = tag.strip();
    String lower = text.toLowerCase(Locale.ROOT);
    String byTag = TAGS.getOrDefault(key(lower), "");
    if (!byTag.isEmpty()) {
      return byTag;
    }
    Matcher address = ADDRESS.matcher(lower);
    if (!address.matches()) {
      return text;
    }
    String host = address.group(1).endsWith(".") ? chop(address.group(1)) : address.group(1);
    String name = knownHost(host);
    boolean written = lower.contains("://") || host.startsWith(WWW);
    return name.isEmpty() ? (written ? withoutWww(host) : text) : name;
  }

  /**
   * Whether a campaign's source is a common name for advertisements, such as {@code google-ads}.
   */
  static boolean isPaidTag(String tag) {
    return PAID_TAGS.contains(key(tag.toLowerCase(Locale.ROOT)));
  }

  /** The kind of a source by its name. */
  static Kind kindOf(String name) {
    return KINDS.getOrDefault(name, Kind.OTHER);
  }

  /** Every name. */
  static Set<String> names() {
    return Set.copyOf(KINDS.keySet());
  }

  private static String knownHost(String host) {
    String name = companyOf(host);
    return name.isEmpty() && ReferrerSpam.is(host) ? SPAM : name;
  }

  private static String companyOf(String host) {
    String domain = host;
    while (!domain.isEmpty()) {
      String name = NAMES.get(domain);
      int dot = domain.indexOf('.');
      if (name == null && dot > 0 && COUNTRY_DOMAIN.matcher(domain.substring(dot + 1)).matches()) {
        name = COUNTRY_NAMES.get(domain.substring(0, dot));
      }
      if (name != null) {
        return name;
      }
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    return "";
  }

  private static String withoutWww(String host) {
    return host.startsWith(WWW) && host.length() > WWW.length()
        ? host.substring(WWW.length())
        : host;
  }

  private static String chop(String text) {
    return text.substring(0, text.length() - 1);
  }

  private static String key(String lower) {
    return SEPARATORS.matcher(lower).replaceAll("");
  }

  private static void readSources() {
    Kind kind = Kind.OTHER;
    for (String line : Lines.of("sources.txt")) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        kind = Kind.valueOf(line.toUpperCase(Locale.ROOT));
        continue;
      }
      String name = line.substring(0, colon);
      KINDS.put(name, kind);
      TAGS.put(key(name.toLowerCase(Locale.ROOT)), name);
      for (String known : line.substring(colon + 2).split(" ", -1)) {
        readKnown(known, name);
      }
    }
  }

  private static void readKnown(String known, String name) {
    if (known.endsWith(ANY_COUNTRY)) {
      COUNTRY_NAMES.put(known.substring(0, known.length() - ANY_COUNTRY.length()), name);
    } else if (known.endsWith(PAID)) {
      TAGS.put(chop(known), name);
      PAID_TAGS.add(chop(known));
    } else if (known.contains(".")) {
      NAMES.put(known, name);
    } else {
      TAGS.put(known, name);
    }
  }
}
