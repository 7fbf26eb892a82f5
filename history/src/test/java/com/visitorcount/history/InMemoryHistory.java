package com.visitorcount.history;

import com.visitorcount.history.TroubledItems.Trouble;

/** A history for tests that need no DynamoDB. */
public final class InMemoryHistory {
  private InMemoryHistory() {}

  /** An empty one. */
  public static HistoryTable table() {
    return new HistoryTable(new InMemoryItems());
  }

  /** An empty one that refuses one call, counted from 1, and does all others. */
  public static HistoryTable refusing(int call) {
    return new HistoryTable(
        new TroubledItems(new InMemoryItems(), call, Trouble.REFUSED, () -> {}));
  }
}
