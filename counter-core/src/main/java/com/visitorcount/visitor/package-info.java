/** Distinguishes visitors within a day, without identifying them. */
@NullMarked
package com.visitorcount.visitor;

import org.jspecify.annotations.NullMarked;
