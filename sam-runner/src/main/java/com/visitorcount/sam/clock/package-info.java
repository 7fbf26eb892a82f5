/** A clock for runs at times other than now. */
@NullMarked
package com.visitorcount.sam.clock;

import org.jspecify.annotations.NullMarked;
