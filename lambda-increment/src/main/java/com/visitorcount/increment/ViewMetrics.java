package com.visitorcount.increment;

import com.visitorcount.counter.Counted;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import java.math.BigInteger;

/** Adds a view that reached the counters to the request's record. */
final class ViewMetrics {
  private ViewMetrics() {}

  static void count(Counted counted, RequestRecord record) {
    if (counted.duplicate()) {
      record.count(Metric.DUPLICATE_VIEWS);
      return;
    }
    record.count(Metric.VIEWS);
    if (counted.count().equals(BigInteger.ONE)) {
      record.count(Metric.NEW_PAGES);
    }
  }
}
