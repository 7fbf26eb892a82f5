package com.visitorcount.local.demo;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A made-up view.
 *
 * @param page address without its query
 * @param query empty, or with its {@code ?}
 * @param referrer origin that the visitor came from; empty: none
 * @param id names the view
 */
record DemoView(
    Instant at, String page, String query, String referrer, String id, DemoVisitor visitor) {
  DemoView {
    requireNonNull(at, "at");
    requireNonNull(page, "page");
    requireNonNull(query, "query");
    requireNonNull(referrer, "referrer");
    requireNonNull(id, "id");
    requireNonNull(visitor, "visitor");
  }
}
