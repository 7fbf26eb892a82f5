/** The tracker and the counter element in a real browser. */
@NullMarked
package com.visitorcount.local.browser;

import org.jspecify.annotations.NullMarked;
