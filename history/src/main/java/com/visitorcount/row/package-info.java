/** The rows of history, and how they are stored. */
@NullMarked
package com.visitorcount.row;

import org.jspecify.annotations.NullMarked;
