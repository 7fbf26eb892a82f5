package com.visitorcount.local.demo;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;

/**
 * A made-up view, or an event on a page.
 *
 * @param page URL without its query
 * @param query empty, or including its {@code ?}
 * @param referrer origin that the visitor came from; empty: none
 * @param id id of the view
 * @param event name of the event; empty: it is a view
 * @param properties properties of the event
 */
record DemoView(
    Instant at,
    String page,
    String query,
    String referrer,
    String id,
    DemoVisitor visitor,
    String event,
    Map<String, String> properties) {
  DemoView {
    requireNonNull(at, "at");
    requireNonNull(page, "page");
    requireNonNull(query, "query");
    requireNonNull(referrer, "referrer");
    requireNonNull(id, "id");
    requireNonNull(visitor, "visitor");
    requireNonNull(event, "event");
    properties = Map.copyOf(properties);
  }

  /** An event on the page of this view, some seconds later. */
  DemoView event(long secondsLater, String name, Map<String, String> ofEvent) {
    return new DemoView(
        at.plusSeconds(secondsLater), page, query, referrer, id + "e", visitor, name, ofEvent);
  }
}
