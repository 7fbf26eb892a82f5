/** The read function: answers GET requests for counts, statistics and files. */
@NullMarked
package com.visitorcount.read;

import org.jspecify.annotations.NullMarked;
