package com.visitorcount.history.column;

/** Columns that are stored and read together. Nearly every question needs the first, few more. */
public enum Group {
  /** Visits and what each of them has one value of; also durations, and all that tells visitors. */
  VISITS(1),
  /** When each view happened. */
  TIMES(2),
  /** Which page each view is of. */
  PAGES(3),
  /** What else makes a row that row: births, sequences and the arrivals of later views. */
  IDENTITY(4),
  /** Names and properties of events; a part without events has nothing of this group. */
  EVENTS(5),
  /** How visitors engaged with pages; a part without such messages has nothing of this group. */
  ENGAGEMENT(6);

  private final int code;

  Group(int code) {
    this.code = code;
  }

  /** The number that stands for it in stored bytes: it must stay. */
  int code() {
    return code;
  }
}
