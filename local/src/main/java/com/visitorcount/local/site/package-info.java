/** The demo site: one page that shows a count and counts. */
@NullMarked
package com.visitorcount.local.site;

import org.jspecify.annotations.NullMarked;
