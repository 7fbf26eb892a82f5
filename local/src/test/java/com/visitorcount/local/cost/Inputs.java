package com.visitorcount.local.cost;

/**
 * Measurements of the product.
 *
 * @param viewRecordBytes record of a counted view in the log, including the line break
 * @param readRecordBytes record of a read count
 * @param droppedRecordBytes record of a view that is not counted
 * @param batchRecordBytes record of a batch of the stream
 * @param hourlyRecordBytes record of an hourly run
 * @param trackerBytes {@code v.js}, compressed
 * @param viewAnswerBytes answer to a counted view, with headers
 * @param readAnswerBytes answer to a read of a count, with headers
 * @param trackerAnswerBytes answer with {@code v.js}, with headers
 * @param memoryMegabytes of each function
 * @param windowSeconds how long views are collected
 * @param logDays how long the log is kept
 * @param alarms alarms of the template
 * @param metrics metrics of our own
 */
record Inputs(
    int viewRecordBytes,
    int readRecordBytes,
    int droppedRecordBytes,
    int batchRecordBytes,
    int hourlyRecordBytes,
    int trackerBytes,
    int viewAnswerBytes,
    int readAnswerBytes,
    int trackerAnswerBytes,
    int memoryMegabytes,
    int windowSeconds,
    int logDays,
    int alarms,
    int metrics) {
  /** Assumed, not measured on AWS. */
  static final int VIEW_MILLIS = 5;

  static final int READ_MILLIS = 5;
  static final int FILE_MILLIS = 2;
  static final int BATCH_MILLIS = 20;
  static final int HOURLY_MILLIS = 1_000;

  /** CloudWatch's compression ratio: stored bytes for each byte in the log. */
  static final double LOG_COMPRESSION = 0.15;

  double gigabyteSeconds(double times, int millis) {
    return times * millis / 1_000 * memoryMegabytes / 1_024;
  }
}
