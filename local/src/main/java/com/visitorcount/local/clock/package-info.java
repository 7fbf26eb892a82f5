/** A clock for runs in another time than now. */
@NullMarked
package com.visitorcount.local.clock;

import org.jspecify.annotations.NullMarked;
