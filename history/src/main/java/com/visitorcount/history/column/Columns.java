package com.visitorcount.history.column;

/** The columns of a part, stored or in memory. */
interface Columns {
  Head head();

  /** A column of numbers below a bound. */
  int[] numbers(Column column);

  /** A column of numbers of any size. */
  long[] longs(Column column);

  /** A column of texts. */
  String[] texts(Column column);
}
