/** A clock for runs in another time than now. */
@NullMarked
package com.visitorcount.sam.clock;

import org.jspecify.annotations.NullMarked;
