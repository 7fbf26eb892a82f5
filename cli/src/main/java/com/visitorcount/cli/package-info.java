/** The command-line program {@code visitorcount}: imports, exports, deletes and checks. */
@NullMarked
package com.visitorcount.cli;

import org.jspecify.annotations.NullMarked;
