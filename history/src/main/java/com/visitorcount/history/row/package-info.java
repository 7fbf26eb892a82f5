/** The rows of history, and how they are stored. */
@NullMarked
package com.visitorcount.history.row;

import org.jspecify.annotations.NullMarked;
