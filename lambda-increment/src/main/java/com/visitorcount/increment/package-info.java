/** The increment function: POST counts one view. */
@NullMarked
package com.visitorcount.increment;

import org.jspecify.annotations.NullMarked;
