/** Runs a SAM template with Java functions on one machine. */
@NullMarked
package com.visitorcount.sam;

import org.jspecify.annotations.NullMarked;
