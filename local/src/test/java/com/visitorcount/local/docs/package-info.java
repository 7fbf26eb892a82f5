/** Checks the documentation against the code. */
@NullMarked
package com.visitorcount.local.docs;

import org.jspecify.annotations.NullMarked;
