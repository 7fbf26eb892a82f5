package com.visitorcount.history;

/** A history for tests that need no DynamoDB. */
public final class InMemoryHistory {
  private InMemoryHistory() {}

  /** An empty one. */
  public static HistoryTable table() {
    return new HistoryTable(new InMemoryItems());
  }
}
