/** The demo site: pages on their own origin that count and show counts. */
@NullMarked
package com.visitorcount.local.site;

import org.jspecify.annotations.NullMarked;
