/** How a local run reports that it cannot continue. */
@NullMarked
package com.visitorcount.sam.failure;

import org.jspecify.annotations.NullMarked;
