package com.visitorcount.sam.database;

/**
 * The cost of requests to a table, in DynamoDB's units: a write unit is 1 KiB written, a read unit
 * 4 KiB read consistently or 8 KiB read with eventual consistency.
 */
public record RequestUnits(double read, double write) {
  /** The units used since an earlier reading. */
  public RequestUnits since(RequestUnits earlier) {
    return new RequestUnits(read - earlier.read, write - earlier.write);
  }
}
