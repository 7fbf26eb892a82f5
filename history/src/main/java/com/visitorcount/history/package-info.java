/** The table VisitorHistory: chunks, hours, closed days. */
@NullMarked
package com.visitorcount.history;

import org.jspecify.annotations.NullMarked;
