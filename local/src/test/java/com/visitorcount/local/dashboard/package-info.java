/** The dashboard in a real browser. */
@NullMarked
package com.visitorcount.local.dashboard;

import org.jspecify.annotations.NullMarked;
