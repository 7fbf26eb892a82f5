package com.visitorcount.http;

import java.util.Set;

/** Which requests write a record. */
public enum RequestRecords {
  /** Every request that counted something. */
  ALL,
  /**
   * Only requests with more to report than a counted view or a count that was read: refused, failed
   * or dropped ones, duplicates, and the first of a sandbox. The rollup function reports the sums
   * of views and new pages.
   */
  PROBLEMS;

  private static final Set<Metric> PLAIN = Set.of(Metric.VIEWS, Metric.NEW_PAGES, Metric.READS);

  /** Metrics that requests do not report. */
  Set<Metric> uncounted() {
    return this == ALL ? Set.of() : PLAIN;
  }

  /** Whether it only says that a view was counted or a count was read. */
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
