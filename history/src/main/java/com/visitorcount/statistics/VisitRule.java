package com.visitorcount.statistics;

/**
 * When a new visit of a visitor begins. A closed day keeps the rule by which it was summed up, so
 * that its rows and its summary always give the same answers.
 */
enum VisitRule {
  /** After more than 30 minutes without a view. Days that were closed before there was another. */
  GAP(1),
  /** Also with a click on another campaign or an arrival from another source. */
  SOURCE(2);

  /** The rule for days that are not closed yet. */
  static final VisitRule CURRENT = SOURCE;

  private final int summaryVersion;

  VisitRule(int summaryVersion) {
    this.summaryVersion = summaryVersion;
  }

  /** Version of the stored summaries that follow this rule. */
  int summaryVersion() {
    return summaryVersion;
  }
}
