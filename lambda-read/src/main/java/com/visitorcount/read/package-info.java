/** The read function: GET answers the counts of pages. */
@NullMarked
package com.visitorcount.read;

import org.jspecify.annotations.NullMarked;
