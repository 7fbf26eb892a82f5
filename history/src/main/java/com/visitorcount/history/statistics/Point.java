package com.visitorcount.history.statistics;

import java.time.ZonedDateTime;

/**
 * A point of a series.
 *
 * @param start when it begins; it ends where the next one begins
 * @param totals views and visitors of that time, and the visits of which the first of these views
 *     lies in it
 */
public record Point(ZonedDateTime start, Totals totals) {}
