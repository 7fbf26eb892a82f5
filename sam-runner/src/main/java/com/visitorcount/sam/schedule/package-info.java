/** Invokes functions on the template's schedules. */
@NullMarked
package com.visitorcount.sam.schedule;

import org.jspecify.annotations.NullMarked;
