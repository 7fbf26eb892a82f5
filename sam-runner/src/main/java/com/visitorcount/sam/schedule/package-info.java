/** Invokes functions at the times that the template says. */
@NullMarked
package com.visitorcount.sam.schedule;

import org.jspecify.annotations.NullMarked;
