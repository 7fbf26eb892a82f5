package com.visitorcount.history;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * As many rows of a day as fit into memory: those of the first shards from a given one. The others
 * take another pass over the rows.
 */
final class ShardedRows {
  /** Most rows held in memory at once: about 130 MB. */
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
   * @param maxRows most rows to hold, unless one shard has more
   * @param maxRowsOfSet most rows to hand over at once, unless one shard has more
   */
  ShardedRows(int first, int maxRows, int maxRowsOfSet) {
    this.first = first;
    this.maxRows = maxRows;
    this.maxRowsOfSet = maxRowsOfSet;
  }

  /** Adds the rows of wanted shards; if they become too many, the last shards are dropped. */
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

  /** The first shard whose rows are not held. */
  int end() {
    return end;
  }

  /** Hands over the rows in sets, each with all rows of its visitors, and forgets them. */
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
