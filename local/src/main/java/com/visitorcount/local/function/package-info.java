/** Loads the handlers that the template names, and invokes them as Lambda does. */
@NullMarked
package com.visitorcount.local.function;

import org.jspecify.annotations.NullMarked;
