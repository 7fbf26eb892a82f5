package com.visitorcount.history.statistics;

import com.visitorcount.history.column.VisitBoundary;
import com.visitorcount.history.row.Row;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;

/**
 * When a new visit of a visitor begins. A closed day keeps the rule that it was first summed with,
 * so that its numbers stay the same.
 */
public enum VisitRule implements VisitBoundary {
  /**
   * After more than 30 minutes without a view or event. Used by days that were closed before the
   * other rule existed.
   */
  GAP,
  /** Also when a view comes from another campaign or another source. */
  SOURCE;

  /** The rule for days that are not closed yet. */
  public static final VisitRule CURRENT = SOURCE;

  private static final long MAX_GAP_SECONDS = 30 * 60;

  @Override
  public boolean isBefore(Row first, Row latest, Row row) {
    return row.second() - latest.second() > MAX_GAP_SECONDS
        || (this == SOURCE
            && row.event() == null
            && row.facts().entry()
            && comesFromElsewhere(row.facts(), first.facts()));
  }

  private static boolean comesFromElsewhere(Facts facts, Facts first) {
    if (facts.campaign().equals(Campaign.NONE)) {
      // browsers keep the referrer on a reload, which is not a new arrival
      String source = Sources.nameOf(facts.referrer());
      return !source.isEmpty()
          && !source.equals(source(first))
          && !source.equals(Sources.nameOf(first.referrer()));
    }
    return !withoutSource(facts.campaign()).equals(withoutSource(first.campaign()))
        || !source(facts).equals(source(first));
  }

  private static String source(Facts facts) {
    return Origin.of(facts.referrer(), facts.campaign()).source();
  }

  private static Campaign withoutSource(Campaign campaign) {
    return new Campaign(
        "", campaign.medium(), campaign.name(), campaign.term(), campaign.content());
  }
}
