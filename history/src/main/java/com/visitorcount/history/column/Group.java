package com.visitorcount.history.column;

/**
 * Columns that are stored and read together. Nearly every question needs the first group, few need
 * more.
 */
public enum Group {
  /** Visits and what has one value for each visit; also durations and visitors. */
  VISITS(1),
  /** When each view happened. */
  TIMES(2),
  /** The page of each view. */
  PAGES(3),
  /** The rest of a row's identity: births, sequences and the arrivals of later views. */
  IDENTITY(4),
  /** Names and properties of events; empty in a part without events. */
  EVENTS(5),
  /** Engagement with pages; empty in a part without such messages. */
  ENGAGEMENT(6);

  private final int code;

  Group(int code) {
    this.code = code;
  }

  /** Its number in stored bytes, which must never change. */
  int code() {
    return code;
  }
}
