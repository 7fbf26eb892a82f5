/** The demo site: pages on an origin of their own that count and show counts. */
@NullMarked
package com.visitorcount.local.site;

import org.jspecify.annotations.NullMarked;
