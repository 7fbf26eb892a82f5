package com.visitorcount.local.cost;

/**
 * AWS's list prices in us-east-1, in dollars, as of {@value #DATE}, and what each account gets free
 * every month, permanently.
 */
final class ListPrices {
  static final String DATE = "28 November 2026";

  private static final double MILLION = 1e6;
  private static final double GIGABYTE = 1e9;

  /** DynamoDB on demand. */
  static final double WRITE_UNIT = 0.625 / MILLION;

  static final double READ_UNIT = 0.125 / MILLION;
  static final double TABLE_BYTE_MONTH = 0.25 / GIGABYTE;
  static final double BACKUP_BYTE_MONTH = 0.20 / GIGABYTE;
  static final double FREE_TABLE_BYTES = 25 * GIGABYTE;

  /** Lambda on arm64. */
  static final double REQUEST = 0.20 / MILLION;

  static final double GIGABYTE_SECOND = 0.0000133334;
  static final double FREE_REQUESTS = MILLION;
  static final double FREE_GIGABYTE_SECONDS = 400_000;

  /** CloudWatch. */
  static final double LOG_BYTE = 0.50 / GIGABYTE;

  static final double LOG_BYTE_MONTH = 0.03 / GIGABYTE;
  static final double FREE_LOG_BYTES = 5 * GIGABYTE;
  static final double ALARM = 0.10;
  static final int FREE_ALARMS = 10;
  static final double METRIC = 0.30;
  static final int FREE_METRICS = 10;

  /** Data sent to the internet, the first 10 TB. */
  static final double SENT_BYTE = 0.09 / GIGABYTE;

  static final double FREE_SENT_BYTES = 100 * GIGABYTE;

  private ListPrices() {}
}
