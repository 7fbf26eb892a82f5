package com.visitorcount.history;

import com.visitorcount.history.row.Row;

/**
 * Splits the rows of a day so that each visitor's rows are in one shard. Shards are stored: which
 * one a row belongs to must never change.
 */
final class Shards {
  /** Number of shards; a power of two. */
  static final int COUNT = 256;

  /** 2^32 divided by the golden ratio: spreads numbers that are close together (Knuth). */
  private static final int SPREAD = 0x9E3779B9;

  private Shards() {}

  /** The shard of a row, from 0. A row without a visitor counts as a visitor of its own. */
  static int of(Row row) {
    int hash =
        row.visitor().isEmpty()
            ? 31 * row.page().toString().hashCode() + Long.hashCode(row.sequence())
            : row.visitor().hashCode();
    return (hash * SPREAD) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(COUNT));
  }
}
