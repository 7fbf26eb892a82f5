package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.view.Campaign;

/**
 * Views of one visitor within a UTC day that belong together by a {@link VisitRule}.
 *
 * @param visitor a number that no other visitor of any day has; negative for none
 * @param number tells the visits of a visitor apart
 * @param durationSeconds time from the first to the last view
 * @param referrer of the first view
 * @param campaign of the first view
 * @param origin what led to the first view
 */
record Visit(
    long visitor,
    int number,
    long durationSeconds,
    int views,
    String entryPage,
    String exitPage,
    String referrer,
    Campaign campaign,
    Origin origin) {
  /** That of views that nobody knows whose they are. It is not counted. */
  static final Visit UNKNOWN = new Visit(-1, 0, 0, 0, "", "", "", Campaign.NONE, Origin.DIRECT);

  Visit {
    requireNonNull(entryPage, "entryPage");
    requireNonNull(exitPage, "exitPage");
    requireNonNull(referrer, "referrer");
    requireNonNull(campaign, "campaign");
    requireNonNull(origin, "origin");
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
    return visitor == other.visitor && number == other.number;
  }
}
