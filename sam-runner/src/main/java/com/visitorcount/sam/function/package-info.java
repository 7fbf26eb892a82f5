/** Loads the template's handlers and invokes them as Lambda does. */
@NullMarked
package com.visitorcount.sam.function;

import org.jspecify.annotations.NullMarked;
