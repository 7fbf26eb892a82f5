/** What rows tell: totals, series and breakdowns. */
@NullMarked
package com.visitorcount.statistics;

import org.jspecify.annotations.NullMarked;
