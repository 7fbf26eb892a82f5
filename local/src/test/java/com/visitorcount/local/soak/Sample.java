package com.visitorcount.local.soak;

/**
 * A measurement.
 *
 * @param life which start of the product, from 1
 * @param seconds since that start
 * @param collected whether every view was in history and garbage had been collected
 */
record Sample(
    int life,
    double seconds,
    boolean collected,
    Figures figures,
    ProcessFigures jvm,
    ProcessFigures database,
    long requests,
    long views) {
  /** The header line for {@link #csv}. */
  static final String CSV_HEAD =
      "life,seconds,collected,clock,heap,other,threads,handles,resident,dynaliteResident,"
          + "dynaliteHandles,requests,views";

  /** The sample as a line of CSV; bytes, seconds, and numbers since the first start. */
  String csv() {
    return "%d,%.1f,%b,%s,%d,%d,%d,%d,%d,%d,%d,%d,%d"
        .formatted(
            life,
            seconds,
            collected,
            figures.time(),
            figures.heapBytes(),
            figures.otherBytes(),
            figures.threads(),
            figures.handles(),
            jvm.residentBytes(),
            database.residentBytes(),
            database.handles(),
            requests,
            views);
  }
}
