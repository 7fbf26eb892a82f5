package com.visitorcount.history.statistics;

import com.visitorcount.history.statistics.Sources.Kind;
import com.visitorcount.view.Campaign;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The marketing channels of Google Analytics 4 and Plausible. The rules are those of GA4's default
 * channel group (<a href="https://support.google.com/analytics/answer/9756891">definitions</a>), in
 * its order, with three of Plausible's additions: AI assistants are a channel, webmail is Email,
 * and a source that matches no rule is a referral instead of "Unassigned". Case does not matter.
 */
final class Channels {
  static final String DIRECT = "Direct";

  private static final Set<String> DISPLAY_MEDIUMS =
      Set.of("display", "banner", "expandable", "interstitial", "cpm");
  private static final Set<String> SOCIAL_MEDIUMS =
      Set.of("social", "social-network", "social-media", "sm", "social network", "social media");
  private static final Set<String> REFERRAL_MEDIUMS = Set.of("referral", "app", "link");
  private static final Set<String> EMAIL_WORDS =
      Set.of("email", "e-mail", "e_mail", "e mail", "newsletter");
  private static final Pattern SHOP = Pattern.compile("(?:^|[^a-df-z])shop|shopping");

  private Channels() {}

  /**
   * The channel of a visit.
   *
   * @param source name of its source, as in {@link Origin}
   */
  static String of(String source, Campaign campaign) {
    if (source.equals(Sources.SPAM)) {
      return Sources.SPAM;
    }
    Kind kind = Sources.kindOf(source);
    String medium = lower(campaign.medium());
    String name = lower(campaign.name());
    String tag = lower(campaign.source());
    boolean shop = kind == Kind.SHOPPING || SHOP.matcher(name).find();
    if (name.contains("cross-network")) {
      return "Cross-network";
    }
    if (isPaid(medium) || Sources.isPaidTag(tag)) {
      return paid(kind, shop, medium);
    }
    if (DISPLAY_MEDIUMS.contains(medium)) {
      return "Display";
    }
    if (shop) {
      return "Organic Shopping";
    }
    if (kind == Kind.SOCIAL || SOCIAL_MEDIUMS.contains(medium)) {
      return "Organic Social";
    }
    if (kind == Kind.VIDEO || medium.contains("video")) {
      return "Organic Video";
    }
    if (kind == Kind.AI) {
      return "AI Assistants";
    }
    if (kind == Kind.SEARCH || medium.equals("organic")) {
      return "Organic Search";
    }
    if (kind == Kind.EMAIL
        || EMAIL_WORDS.stream().anyMatch(w -> (tag + "\n" + medium).contains(w))) {
      return "Email";
    }
    return byMedium(source, tag, medium);
  }

  private static boolean isPaid(String medium) {
    return medium.contains("cp")
        || medium.equals("ppc")
        || medium.equals("retargeting")
        || medium.startsWith("paid");
  }

  private static String paid(Kind kind, boolean shop, String medium) {
    if (shop) {
      return "Paid Shopping";
    }
    return switch (kind) {
      case SEARCH -> "Paid Search";
      case SOCIAL -> "Paid Social";
      case VIDEO -> "Paid Video";
      default -> DISPLAY_MEDIUMS.contains(medium) ? "Display" : "Paid Other";
    };
  }

  private static String byMedium(String source, String tag, String medium) {
    if (medium.equals("affiliate") || medium.equals("affiliates")) {
      return "Affiliates";
    }
    if (medium.equals("audio")) {
      return "Audio";
    }
    if (medium.equals("sms") || tag.equals("sms")) {
      return "SMS";
    }
    if (medium.endsWith("push")
        || medium.contains("mobile")
        || medium.contains("notification")
        || tag.equals("firebase")) {
      return "Mobile Push Notifications";
    }
    boolean known = !source.isEmpty() && !tag.equals("(direct)");
    return known || REFERRAL_MEDIUMS.contains(medium) ? "Referral" : DIRECT;
  }

  private static String lower(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
