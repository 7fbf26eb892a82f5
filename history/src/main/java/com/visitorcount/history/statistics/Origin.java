package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.view.Campaign;

/**
 * What led a visitor to a site, under the names that people know.
 *
 * @param source the company or site, as in {@code Google}; empty if it is not known
 * @param channel its kind, as in {@code Organic Search}
 */
record Origin(String source, String channel) {
  /** Of views whose visit is not known. */
  static final Origin DIRECT = new Origin("", Channels.DIRECT);

  Origin {
    requireNonNull(source, "source");
    requireNonNull(channel, "channel");
  }

  /** Reads it from a referrer's host and a campaign, of which the campaign says more. */
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
