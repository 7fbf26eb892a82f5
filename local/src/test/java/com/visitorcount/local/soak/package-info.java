/**
 * The whole product for half an hour, under traffic and faults, and what is left of both at the
 * end.
 */
@NullMarked
package com.visitorcount.local.soak;

import org.jspecify.annotations.NullMarked;
