package com.visitorcount.sam.database;

/**
 * What requests to a table cost, in DynamoDB's units: a write unit is 1 KiB written, a read unit 4
 * KiB read consistently or 8 KiB eventually.
 */
public record RequestUnits(double read, double write) {
  /** What was used since an earlier look. */
  public RequestUnits since(RequestUnits earlier) {
    return new RequestUnits(read - earlier.read, write - earlier.write);
  }
}
