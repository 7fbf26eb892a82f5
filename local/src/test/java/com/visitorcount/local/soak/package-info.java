/** Runs the whole product for half an hour under traffic and faults, and checks the result. */
@NullMarked
package com.visitorcount.local.soak;

import org.jspecify.annotations.NullMarked;
