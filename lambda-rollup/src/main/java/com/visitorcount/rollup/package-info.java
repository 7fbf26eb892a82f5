/**
 * Turns the stream of the counters' table into history, and history into hours, days and months.
 */
@NullMarked
package com.visitorcount.rollup;

import org.jspecify.annotations.NullMarked;
