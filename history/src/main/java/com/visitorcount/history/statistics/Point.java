package com.visitorcount.history.statistics;

import java.time.ZonedDateTime;

/**
 * A point of a series.
 *
 * @param start when it begins; it ends when the next one begins
 * @param totals views and visitors of that time, and the visits whose first selected view is in it
 */
public record Point(ZonedDateTime start, Totals totals) {}
