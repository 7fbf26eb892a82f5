/** The program {@code visitorcount}: imports, exports and forgets, from a command line. */
@NullMarked
package com.visitorcount.cli;

import org.jspecify.annotations.NullMarked;
