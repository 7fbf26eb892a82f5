package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.view.Campaign;

/**
 * Views of one visitor within a UTC day, no two neighbours of which are more than 30 minutes apart.
 *
 * @param visitor a number that no other visitor of any day has; negative for none
 * @param startSecond when the first view was, in seconds since the epoch
 * @param durationSeconds time from the first to the last view
 * @param referrer of the first view
 * @param campaign of the first view
 * @param source of the campaign, or else the name of the referrer
 */
record Visit(
    long visitor,
    long startSecond,
    long durationSeconds,
    int views,
    String entryPage,
    String exitPage,
    String referrer,
    Campaign campaign,
    String source) {
  /** That of views that nobody knows whose they are. It is not counted. */
  static final Visit UNKNOWN = new Visit(-1, 0, 0, 0, "", "", "", Campaign.NONE, "");

  Visit {
    requireNonNull(entryPage, "entryPage");
    requireNonNull(exitPage, "exitPage");
    requireNonNull(referrer, "referrer");
    requireNonNull(campaign, "campaign");
    requireNonNull(source, "source");
  }

  boolean isKnown() {
    return visitor >= 0;
  }

  boolean isBounce() {
    return views == 1;
  }

  boolean hasVisitorOf(Visit other) {
    return visitor == other.visitor;
  }

  boolean isSameAs(Visit other) {
    return visitor == other.visitor && startSecond == other.startSecond;
  }
}
