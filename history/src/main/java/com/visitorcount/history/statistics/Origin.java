package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.view.Campaign;

/**
 * What led a visitor to a site, by common names.
 *
 * @param source the company or site, such as {@code Google}; empty if unknown
 * @param channel its marketing channel, such as {@code Organic Search}
 */
record Origin(String source, String channel) {
  /** The origin of views without a known visit. */
  static final Origin DIRECT = new Origin("", Channels.DIRECT);

  Origin {
    requireNonNull(source, "source");
    requireNonNull(channel, "channel");
  }

  /** Derives the origin from a referrer's host and a campaign; the campaign takes precedence. */
  static Origin of(String referrer, Campaign campaign) {
    String source = source(referrer, campaign);
    return new Origin(source, Channels.of(source, campaign));
  }

  private static String source(String referrer, Campaign campaign) {
    String byReferrer = Sources.nameOf(referrer);
    return campaign.source().isBlank() || byReferrer.equals(Sources.SPAM)
        ? byReferrer
        : Sources.nameOfTag(campaign.source());
  }
}
