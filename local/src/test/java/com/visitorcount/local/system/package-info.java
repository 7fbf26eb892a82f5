/** Whole requests: real HTTP through the template's Function URLs to the real handlers and back. */
@NullMarked
package com.visitorcount.local.system;

import org.jspecify.annotations.NullMarked;
