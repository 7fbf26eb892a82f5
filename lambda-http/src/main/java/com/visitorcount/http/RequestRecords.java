package com.visitorcount.http;

import java.util.Set;

/** Which requests leave a record. */
public enum RequestRecords {
  /** Every request that counted something. */
  ALL,
  /**
   * Only those that say more than that one more view was counted, or one more count was read: that
   * the request was refused, failed, dropped, a duplicate, or the first of its sandbox. The rollup
   * function reports the sums of views and new pages.
   */
  PROBLEMS;

  private static final Set<Metric> PLAIN = Set.of(Metric.VIEWS, Metric.NEW_PAGES, Metric.READS);

  /** What requests do not report. */
  Set<Metric> uncounted() {
    return this == ALL ? Set.of() : PLAIN;
  }

  /** Whether it says no more than that one more view was counted, or one more count was read. */
  static boolean isPlain(Metric metric) {
    return PLAIN.contains(metric);
  }

  /** Reads {@code REQUEST_RECORDS}: {@code all}, which is also the default, or {@code problems}. */
  static RequestRecords from(Environment environment) {
    String name = environment.optional("REQUEST_RECORDS");
    if (!Set.of("", "all", "problems").contains(name)) {
      environment.fault("REQUEST_RECORDS must be all or problems");
    }
    return name.equals("problems") ? PROBLEMS : ALL;
  }
}
