/** Statistics from rows: totals, series and breakdowns. */
@NullMarked
package com.visitorcount.history.statistics;

import org.jspecify.annotations.NullMarked;
