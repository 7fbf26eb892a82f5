/** One view of a page. */
@NullMarked
package com.visitorcount.view;

import org.jspecify.annotations.NullMarked;
