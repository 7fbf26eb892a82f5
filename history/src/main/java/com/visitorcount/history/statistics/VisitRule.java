package com.visitorcount.history.statistics;

import com.visitorcount.history.column.VisitBoundary;
import com.visitorcount.history.row.Row;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;

/**
 * When a new visit of a visitor begins. A closed day keeps the rule by which it was first summed
 * up, so that its numbers stay.
 */
public enum VisitRule implements VisitBoundary {
  /**
   * After more than 30 minutes without a view or event. Days that were closed before there was
   * another.
   */
  GAP,
  /** Also with a view by a click on another campaign or by an arrival from another source. */
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
      // browsers keep a referrer over a reload, which is no new arrival
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
