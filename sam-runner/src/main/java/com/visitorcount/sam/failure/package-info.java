/** What a local run says when it cannot go on. */
@NullMarked
package com.visitorcount.sam.failure;

import org.jspecify.annotations.NullMarked;
