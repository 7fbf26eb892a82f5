/** The views of a day in columns: how they are ordered, stored and read. */
@NullMarked
package com.visitorcount.history.column;

import org.jspecify.annotations.NullMarked;
