/** Function URLs: HTTP requests become events of a function, its answers HTTP responses. */
@NullMarked
package com.visitorcount.sam.url;

import org.jspecify.annotations.NullMarked;
