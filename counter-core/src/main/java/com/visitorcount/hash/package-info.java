/** Hashes that every Java platform has. */
@NullMarked
package com.visitorcount.hash;

import org.jspecify.annotations.NullMarked;
