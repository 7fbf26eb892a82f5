package com.visitorcount.history;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows of a day, of which no more are in memory than have room there: those of the first shards.
 * Whoever wants the others goes through the rows again.
 */
final class ShardedRows {
  /** So many rows take about 130 MB. */
  private static final int MAX_ROWS = 1_000_000;

  private final int first;
  private final int maxRows;
  private final int maxRowsOfSet;
  private List<Row> rows = new ArrayList<>();
  private int end = Shards.COUNT;

  /**
   * @param first the first shard whose rows are wanted
   */
  ShardedRows(int first) {
    this(first, MAX_ROWS, ClosedDays.MAX_ROWS);
  }

  /**
   * @param maxRows how many rows there may be, unless one shard has more
   * @param maxRowsOfSet how many rows may be handed over at once, unless one shard has more
   */
  ShardedRows(int first, int maxRows, int maxRowsOfSet) {
    this.first = first;
    this.maxRows = maxRows;
    this.maxRowsOfSet = maxRowsOfSet;
  }

  /** Takes those of some rows that are wanted; if they become too many, fewer shards are. */
  void add(List<Row> some) {
    for (Row row : some) {
      int shard = Shards.of(row);
      if (shard >= first && shard < end) {
        rows.add(row);
      }
    }
    while (rows.size() > maxRows && end - first > 1) {
      end = first + (end - first) / 2;
      rows.removeIf(row -> Shards.of(row) >= end);
    }
  }

  /** The first shard whose rows are not here. */
  int end() {
    return end;
  }

  /** Hands the rows over, in sets of whole visitors, and forgets them. */
  void handOver(Consumer<List<Row>> receiver) {
    List<Row> all = rows;
    rows = new ArrayList<>();
    handOver(all, first, end, receiver);
  }

  private void handOver(List<Row> some, int from, int to, Consumer<List<Row>> receiver) {
    if (some.size() <= maxRowsOfSet || to - from == 1) {
      receiver.accept(Rows.union(List.of(some)));
      return;
    }
    int middle = (from + to) / 2;
    List<Row> lower = new ArrayList<>();
    List<Row> upper = new ArrayList<>();
    some.forEach(row -> (Shards.of(row) < middle ? lower : upper).add(row));
    handOver(lower, from, middle, receiver);
    handOver(upper, middle, to, receiver);
  }
}
