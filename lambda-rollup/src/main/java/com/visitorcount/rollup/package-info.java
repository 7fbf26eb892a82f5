/** The stream of the counters' table becomes history, and history becomes hours, days, months. */
@NullMarked
package com.visitorcount.rollup;

import org.jspecify.annotations.NullMarked;
