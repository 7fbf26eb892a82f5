/** The increment function: counts views and events. */
@NullMarked
package com.visitorcount.increment;

import org.jspecify.annotations.NullMarked;
